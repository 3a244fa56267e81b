using Gateway.Application.Conversations;
using Gateway.Application.Messages;
using Gateway.DeviceProtocol;
using Gateway.Domain;
using Gateway.Domain.Consent;
using Gateway.Domain.Conversations;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;
using Marten;
using NodaTime;
using Wolverine;

namespace Gateway.Application.Devices;

/// <summary>One round of hearing devices: each frame becomes a decision on its stream.</summary>
internal sealed class Hearing(
    IDocumentSession session,
    RecentStreams<Message> recent,
    LeaseRenewals renewals,
    SendingRules rules,
    Instant now
)
{
    private readonly StreamSet<Message> messages = new(session, Message.Evolve, recent);
    private readonly StreamSet<InboundMessage> inbound = new(session, InboundMessage.Evolve);
    private readonly StreamSet<ConsentState> consents = new(session, ConsentState.Evolve);
    private readonly StreamSet<Device> devices = new(session, Device.Evolve);
    private readonly Dictionary<Fact, Guid> orphans = [];

    public List<(LiveDevice Device, DownFrame Frame)> Answers { get; } = [];
    public List<(LiveDevice Device, Guid Message)> Released { get; } = [];
    public OutgoingMessages FollowUps { get; } = [];

    /// <summary>Decides each frame on its stream, in order.</summary>
    public async Task Hear(IReadOnlyList<Said> frames, CancellationToken cancellation)
    {
        await Load(frames, cancellation);
        do
        {
            Forget();
            foreach (var said in frames)
            {
                Hear(said);
            }
        } while (await messages.Doubts(cancellation));
    }

    public void Append()
    {
        messages.Append();
        inbound.Append();
        consents.Append();
        devices.Append();
    }

    private void Forget()
    {
        inbound.Forget();
        consents.Forget();
        devices.Forget();
        Answers.Clear();
        Released.Clear();
        FollowUps.Clear();
    }

    /// <summary>Reads every stream that the frames are about.</summary>
    private async Task Load(IReadOnlyList<Said> frames, CancellationToken cancellation)
    {
        var facts = frames
            .Where(said => said.Frame is Fact)
            .Select(said => (said.Device, Fact: (Fact)said.Frame))
            .ToList();
        var texts = facts.Where(said => Inbound.IsInbound(said.Fact)).ToList();
        await FindOrphans(facts, cancellation);
        await messages.Load(
            frames.Select(said => MessageOf(said.Frame)).OfType<Guid>().Concat(orphans.Values),
            cancellation
        );
        await inbound.Load(texts.Select(said => Inbound.IdOf(said.Device, said.Fact)), cancellation);
        await devices.Load(
            facts.Where(said => FactReading.IsAboutDevice(said.Fact)).Select(said => said.Device.Id),
            cancellation
        );
        var claimed = frames
            .Select(said => said.Frame)
            .OfType<Claim>()
            .Select(claim => messages[claim.M]?.Order?.To.Value);
        await consents.Load(
            claimed
                .Concat(texts.Select(said => Inbound.From(said.Fact, rules.Region)))
                .OfType<string>()
                .Select(ConsentState.IdOf),
            cancellation
        );
    }

    private void Hear(Said said)
    {
        var (device, frame) = said;
        switch (frame)
        {
            case Claim claim:
                Hear(device, claim);
                break;
            case Declined declined:
                Decide(
                    device,
                    declined.M,
                    (m, o) =>
                        Message.GiveBack(
                            m,
                            declined.F,
                            device.Id,
                            MessageReasons.Declined,
                            declined.Reason,
                            now
                        )
                );
                Release(device, declined.M);
                break;
            case Renew renew when Message.IsHeldBy(messages[renew.M], renew.F, device.Id):
                renewals.Renew(renew.M, (now + Placement.LeaseTime).ToUnixTimeMilliseconds());
                break;
            case Fact fact:
                Hear(device, fact);
                break;
        }
    }

    private void Hear(LiveDevice device, Claim claim)
    {
        var to = messages[claim.M]?.Order?.To.Value;
        var optedOut = to is not null && consents[ConsentState.IdOf(to)] is { IsOptedOut: true };
        var decision = Decide(device, claim.M, (m, _) => Message.Claim(m, claim.F, device.Id, optedOut, now));
        if (decision.Rejection is ClaimIsRefused no)
        {
            Answers.Add((device, new ClaimNo(claim.M, claim.F, no.Reason)));
            Release(device, claim.M);
        }
        else
        {
            Answers.Add((device, new ClaimYes(claim.M, claim.F)));
        }
    }

    private void Hear(LiveDevice device, Fact fact)
    {
        if (Inbound.IsInbound(fact))
        {
            Receive(device, fact);
        }
        else if (orphans.TryGetValue(fact, out var doubted) && ReportOnDoubt(device, doubted, fact).IsChange)
        {
            Release(device, doubted);
        }
        else if (FactReading.IsAboutDevice(fact))
        {
            devices.Decide(device.Id, Origin.Device(device.Id), _ => FactReading.AboutDevice(fact));
        }
        else if (fact is { M: { } id, F: { } fence })
        {
            Decide(device, id, (m, _) => FactReading.AboutMessage(device, m, fence, fact));
            if (fact.K is FactKind.Settled or FactKind.NotSent or FactKind.Doubt)
            {
                Release(device, id);
            }
        }
    }

    private void Receive(LiveDevice device, Fact fact)
    {
        var received = Inbound.Read(device, fact, rules.Region);
        var id = Inbound.IdOf(device, fact);
        var origin = Origin.Device(device.Id);
        if (!inbound.Decide(id, origin, m => InboundMessage.Receive(m, received)).IsChange)
        {
            return;
        }

        if (received.From is { Length: > 0 } remote)
        {
            consents.Decide(
                ConsentState.IdOf(remote),
                origin,
                c => ConsentState.Hear(c, remote, received.Text, id, received.At)
            );
        }

        FollowUps.Add(new MatchReply(id, received.ConversationId));
    }

    /// <summary>
    /// A report that the device could not place may be of a message it was in doubt about: the newest that may have left
    /// in the conversation of its line and the recipient.
    /// </summary>
    private async Task FindOrphans(
        IReadOnlyList<(LiveDevice Device, Fact Fact)> facts,
        CancellationToken cancellation
    )
    {
        foreach (
            var (device, fact) in facts.Where(said =>
                said.Fact is { K: FactKind.Report, M: null, To: not null }
            )
        )
        {
            var conversation = Conversation.IdBetween(device.LineOf(fact.Sim ?? ""), fact.To!);
            if (
                await session.LoadAsync<KnownThread>(conversation, cancellation) is
                { LastClaimed: { } message }
            )
            {
                orphans[fact] = message;
            }
        }
    }

    private Decision ReportOnDoubt(LiveDevice device, Guid id, Fact fact) =>
        Decide(
            device,
            id,
            (m, _) =>
                m?.LastAttempt is { Doubted: true } attempt && attempt.Device == device.Id
                    ? FactReading.AboutMessage(device, m, attempt.Fence, fact)
                    : Decision.Nothing
        );

    private static Guid? MessageOf(UpFrame frame) =>
        frame switch
        {
            Claim claim => claim.M,
            Declined declined => declined.M,
            Renew renew => renew.M,
            Fact fact => fact.M,
            _ => null,
        };

    private Decision Decide(LiveDevice device, Guid message, Func<Message?, Origin, Decision> decide)
    {
        var origin = Origin.Device(device.Id);
        return messages.Decide(message, origin, m => decide(m, origin));
    }

    private void Release(LiveDevice device, Guid message) => Released.Add((device, message));
}

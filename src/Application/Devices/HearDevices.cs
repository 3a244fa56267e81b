using Gateway.Application.Messages;
using Gateway.DeviceProtocol;
using Gateway.Domain.Messages;
using Marten;
using NodaTime;
using Wolverine;

namespace Gateway.Application.Devices;

/// <summary>Something a device said over its link.</summary>
public sealed record Said(LiveDevice Device, UpFrame Frame);

/// <summary>Take in what devices of one tenant said at about the same time, in order, in one transaction.</summary>
public sealed record HearDevices(IReadOnlyList<Said> Frames);

/// <summary>What goes back to the devices after the commit, and which messages are off their hands.</summary>
public sealed record Heard(
    IReadOnlyList<(LiveDevice Device, DownFrame Frame)> Answers,
    IReadOnlyList<(LiveDevice Device, Guid Message)> Released
);

/// <summary>
/// Sorts out which facts are new, decides each frame on its stream, and acknowledges only what this transaction holds.
/// </summary>
public static class HearDevicesHandler
{
    public static async Task<(Heard, OutgoingMessages)> Handle(
        HearDevices command,
        IDocumentSession session,
        RecentStreams<Message> recent,
        LeaseRenewals renewals,
        SendingRules rules,
        IClock clock,
        CancellationToken cancellation
    )
    {
        await session.BeginTransactionAsync(cancellation);
        var facts = await FactIntake.Load(session, command.Frames, cancellation);
        var frames = command
            .Frames.Where(said => said.Frame is not Fact fact || facts.Take(said.Device, fact))
            .Where(said => said.Frame is not Fact fact || FactReading.SaysSomething(fact))
            .ToList();

        var hearing = new Hearing(session, recent, renewals, rules, clock.GetCurrentInstant());
        await hearing.Hear(frames, cancellation);
        hearing.Append();
        facts.Store();
        return (new([.. hearing.Answers, .. facts.Answers()], hearing.Released), hearing.FollowUps);
    }
}

/// <summary>Lets each numbered fact through once and in order.</summary>
internal sealed class FactIntake
{
    private readonly IDocumentSession session;
    private readonly Dictionary<Guid, (LiveDevice Device, long Ack, long? Resend, bool Moved)> cursors = [];

    private FactIntake(IDocumentSession session) => this.session = session;

    public static async Task<FactIntake> Load(
        IDocumentSession session,
        IReadOnlyList<Said> frames,
        CancellationToken cancellation
    )
    {
        var devices = frames
            .Where(said => said.Frame is Fact)
            .Select(said => said.Device)
            .GroupBy(device => device.Id, (_, links) => links.Last())
            .ToList();
        var stored = await session.LoadManyAsync<FactCursor>(
            cancellation,
            [.. devices.Select(device => device.Id)]
        );
        var intake = new FactIntake(session);
        foreach (var device in devices)
        {
            var ack =
                stored.FirstOrDefault(cursor => cursor.Id == device.Id && cursor.Epoch == device.Epoch)?.Ack
                ?? 0;
            intake.cursors[device.Id] = (device, ack, null, false);
        }

        return intake;
    }

    /// <summary>True for the next number; a lower one was committed before, a higher one means that one is missing.</summary>
    public bool Take(LiveDevice device, Fact fact)
    {
        var cursor = cursors[device.Id];
        var isNext = fact.N == cursor.Ack + 1;
        cursors[device.Id] =
            isNext ? cursor with { Ack = fact.N, Moved = true }
            : fact.N > cursor.Ack ? cursor with { Resend = cursor.Resend ?? cursor.Ack + 1 }
            : cursor;
        return isNext;
    }

    public void Store() =>
        session.Store(
            cursors
                .Values.Where(c => c.Moved)
                .Select(c => new FactCursor(c.Device.Id, c.Device.Epoch, c.Ack))
                .ToArray()
        );

    public IEnumerable<(LiveDevice, DownFrame)> Answers() =>
        cursors.Values.SelectMany(c =>
            c.Resend is { } from && from > c.Ack
                ? [(c.Device, new Ack(c.Ack)), (c.Device, new Resend(from))]
                : new (LiveDevice, DownFrame)[] { (c.Device, new Ack(c.Ack)) }
        );
}

/// <summary>
/// Up to which number the facts of a device are committed. Written in the same transaction as the facts, so that each is
/// committed exactly once, whatever the link does.
/// </summary>
/// <param name="Epoch">The journal that <paramref name="Ack"/> counts in.</param>
public sealed record FactCursor(Guid Id, int Epoch, long Ack);

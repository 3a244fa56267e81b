using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox;

// From the gateway's yes to the outcome: from here on a part may have left.
public sealed partial class Dispatcher
{
    private void Begin(ClaimYes yes)
    {
        crash.Pass("afterClaim");
        var known = Memory.Of(yes.M);
        if (Find(yes.M, yes.F) is not { } held)
        {
            if (yes.F > known.RefusedFence && known.Intent?.F != yes.F)
            {
                // Let go before the answer came. Say so at once, and never submit it.
                Refuse(yes.M, yes.F, "The device had let go of it before the answer came.");
            }
            return;
        }
        if (held.Part > 0 || held.ClaimedAt is null)
        {
            return;
        }
        if (yes.F <= known.Fence || known.IsOpen)
        {
            Drop(held);
            return;
        }
        if (held.IsTooLate(clock.Up))
        {
            Refuse(yes.M, yes.F, "It was too late to submit it.");
            Drop(held);
            return;
        }
        Intend(held);
    }

    private void Intend(Held held)
    {
        var (lease, lane) = (held.Lease, lanes[held.Lease.Sim]);
        held.Part = 1;
        held.Reference = lease.Parts > 1 ? (Memory.ReferenceOf(lease.Sim) + 1) & 0xff : 0;
        journal.Add(
            new Intent(
                lease.M,
                lease.F,
                lease.Sim,
                held.Part,
                lease.Parts,
                held.Reference,
                SubmitStage.Intent,
                clock.Now,
                options.Boot,
                options.Hash(lease)
            )
        );
        Submit(lane, held);
    }

    private void Submit(Lane lane, Held held)
    {
        var (lease, part) = (held.Lease, held.Part);
        lane.Pacing.Count(clock.Up);
        var left = lease.ValidForMs is { } valid
            ? TimeSpan.FromMilliseconds(held.TakenAt + valid - clock.Up)
            : (TimeSpan?)null;
        Orders.Add(
            new SubmitNow(
                lane.Radio,
                new(
                    lease.Sim,
                    lease.M,
                    held.To,
                    held.Parts[part - 1],
                    held.Text.Alphabet,
                    part,
                    lease.Parts,
                    held.Reference,
                    lease.Report,
                    lease.Class,
                    left,
                    lease.ResendOf is not null,
                    _ => ValueTask.CompletedTask
                ),
                lease.F
            )
        );
    }

    private void Reach(PartReached reached)
    {
        journal.Add(reached.Stage);
        Orders.Add(new Release(reached.OnDisk));
    }

    private void Settle(PartEnded ended)
    {
        crash.Pass("afterVerdict");
        var lane = lanes[ended.Sim];
        if (
            lane.Current is not { } held
            || held.Lease.M != ended.M
            || held.Lease.F != ended.F
            || held.Part != ended.Part
        )
        {
            return;
        }
        if (Kind(ended.Result) is { } kind)
        {
            Facts.State(Detailed(About(held, kind), ended.Result));
        }
        Count(lane, held, ended.Result);
        if (ended.Result is Accepted && ended.Part < held.Lease.Parts)
        {
            held.Part++;
            Submit(lane, held);
        }
        else
        {
            Facts.State(
                Detailed(About(held, FactKind.Settled), ended.Result) with
                {
                    Result = Word(ended.Result),
                }
            );
            lane.Current = null;
            lane.Pacing.Pause(clock.Up);
            placesChanged = true;
        }
        Match(lane);
        Advance(lane);
    }

    private static string Word(PartResult result) =>
        result switch
        {
            Accepted => SettledResult.Ok,
            Refused => SettledResult.Refused,
            NeverLeft => SettledResult.NeverLeft,
            _ => SettledResult.Uncertain,
        };

    /// <summary>Null for a part nobody knows about: only the settlement speaks of it.</summary>
    private static string? Kind(PartResult result) =>
        result switch
        {
            Accepted => FactKind.PartAccepted,
            Refused => FactKind.PartRefused,
            NeverLeft => FactKind.PartNeverLeft,
            _ => null,
        };

    private Fact Detailed(Fact fact, PartResult result) =>
        result switch
        {
            Accepted ok => fact with { Mr = ok.Reference },
            Refused no => fact with { Class = no.Class, Code = no.Code, Text = no.Text },
            NeverLeft no => fact with { Class = no.Class, Code = no.Code, Text = no.Text },
            Unknown unknown => fact with
            {
                Code = unknown.Code,
                Evidence = new(unknown.Why, Lines: unknown.Lines, Boot: options.Boot),
            },
            _ => fact,
        };

    private static Fact About(Held held, string kind) =>
        Say(kind) with
        {
            M = held.Lease.M,
            F = held.Lease.F,
            Part = held.Part,
            Of = held.Lease.Parts,
            Sim = held.Lease.Sim,
        };
}

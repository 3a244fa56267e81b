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

    /// <summary>A query: the outcome again, or a promise never to submit.</summary>
    private void Answer(Query query)
    {
        var known = Memory.Of(query.M);
        if (Find(query.M, query.F) is { } held)
        {
            if (held.Part > 0)
            {
                return; // It settles by itself.
            }
            Drop(held);
        }
        if (known is { Outcome: { } outcome } && known.Intent?.F == query.F)
        {
            Facts.State(outcome);
        }
        else if (known.IsOpen && known.Intent!.F == query.F)
        {
            return; // The investigation of it will answer.
        }
        else
        {
            Refuse(query.M, query.F, "The device has not submitted it.");
        }
    }

    /// <summary>The promise is stated before the answer, and both are on disk before either goes out.</summary>
    private void Refuse(Guid message, int fence, string why)
    {
        Facts.State(Say(FactKind.RefusedFence) with { M = message, F = fence });
        Facts.State(
            Say(FactKind.NotSent) with
            {
                M = message,
                F = fence,
                Evidence = new(why, Boot: options.Boot),
            }
        );
    }

    /// <summary>What an investigation means for a submission of an earlier run.</summary>
    private void Conclude(Intent intent, Evidence found)
    {
        if (!Memory.Of(intent.M).IsOpen)
        {
            return;
        }
        var left = Memory.Of(intent.M).Left;
        var neverLeft =
            found.Conclusion == Conclusion.NotSent
            || (intent.Part == left + 1 && intent.Stage is (SubmitStage.Opened or SubmitStage.Prompted));
        var evidence = new FactEvidence(
            found.Why,
            intent.Stage.ToString().ToLowerInvariant(),
            intent.At,
            found.Lines,
            found.Radio,
            intent.Boot
        );
        var fact = Say("") with
        {
            M = intent.M,
            F = intent.F,
            Part = left + 1,
            Of = intent.Of,
            Sim = intent.Sim,
            Evidence = evidence,
        };
        if (left >= intent.Of || (found.Conclusion == Conclusion.Sent && left + 1 == intent.Of))
        {
            Facts.State(
                fact with
                {
                    K = FactKind.Settled,
                    Result = SettledResult.Ok,
                    Part = intent.Of,
                    Mr = found.Reference,
                }
            );
        }
        else if (neverLeft && left > 0)
        {
            Facts.State(fact with { K = FactKind.Settled, Result = SettledResult.NeverLeft });
        }
        else if (neverLeft)
        {
            Facts.State(Say(FactKind.RefusedFence) with { M = intent.M, F = intent.F });
            Facts.State(fact with { K = FactKind.NotSent });
        }
        else
        {
            Facts.State(fact with { K = FactKind.Doubt });
        }
    }

    private void Free(string sim)
    {
        var lane = lanes[sim];
        lane.Investigations--;
        Advance(lane);
    }
}

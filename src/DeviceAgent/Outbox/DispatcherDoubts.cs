using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox;

// Questions about the past: what the gateway asks, and what an earlier run left open.
public sealed partial class Dispatcher
{
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
        var fact = Said(intent, found, left + 1);
        if (left >= intent.Of || (found.Conclusion == Conclusion.Sent && left + 1 == intent.Of))
        {
            Facts.State(fact with { K = FactKind.Settled, Result = SettledResult.Ok, Part = intent.Of });
        }
        else if (!CannotHaveLeft(intent, found, left + 1))
        {
            Facts.State(fact with { K = FactKind.Doubt });
        }
        else if (left > 0)
        {
            Facts.State(fact with { K = FactKind.Settled, Result = SettledResult.NeverLeft });
        }
        else
        {
            Facts.State(Say(FactKind.RefusedFence) with { M = intent.M, F = intent.F });
            Facts.State(fact with { K = FactKind.NotSent });
        }
    }

    /// <summary>Before the writing of this very part nothing of it can have left, whatever the radio can tell.</summary>
    private static bool CannotHaveLeft(Intent intent, Evidence found, int part) =>
        found.Conclusion == Conclusion.NotSent
        || (intent.Part == part && intent.Stage is (SubmitStage.Opened or SubmitStage.Prompted));

    private static Fact Said(Intent intent, Evidence found, int part) =>
        Say("") with
        {
            M = intent.M,
            F = intent.F,
            Part = part,
            Of = intent.Of,
            Sim = intent.Sim,
            Mr = found.Reference,
            Evidence = new(
                found.Why,
                intent.Stage.ToString().ToLowerInvariant(),
                intent.At,
                found.Lines,
                found.Radio,
                intent.Boot
            ),
        };

    private void Free(string sim)
    {
        var lane = lanes[sim];
        lane.Investigations--;
        Advance(lane);
    }
}

using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;
using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Outbox;

// Up to the claim: nothing has left, and everything may still be given back.
public sealed partial class Dispatcher
{
    private void Hold(Lease lease)
    {
        if (Find(lease.M, lease.F) is not null)
        {
            Frames.Add(new Taken(lease.M, lease.F));
            return;
        }
        if (Msisdn.TryParse(lease.To, out var to) && lease is { Text: { } text, DataHex: null })
        {
            var held = new Held(lease, to, SmsText.Of(text), clock.Up);
            if (Objection(held) is { } reason)
            {
                Decline(lease, reason);
                return;
            }
            var lane = lanes[lease.Sim];
            if (Find(lease.M) is { } older)
            {
                Drop(older);
            }
            lane.Waiting.Add(held);
            Frames.Add(new Taken(lease.M, lease.F));
            crash.Pass("afterTaken");
            Advance(lane);
            return;
        }
        Decline(lease, DeclineReason.Unsupported);
    }

    private string? Objection(Held held)
    {
        var lease = held.Lease;
        var known = Memory.Of(lease.M);
        var other = lanes
            .Values.Select(lane => lane.Find(lease.M))
            .FirstOrDefault(found => found is not null);
        return lease.F <= known.RefusedFence ? DeclineReason.RefusedFence
            : known.IsOpen || other is { Part: > 0 } ? DeclineReason.IntentExists
            : lease.F <= known.Fence || lease.F < other?.Lease.F ? DeclineReason.StaleFence
            : MayHaveLeft(known) && lease.ResendOf is null ? DeclineReason.IntentExists
            : !lanes.TryGetValue(lease.Sim, out var lane) ? DeclineReason.UnknownSim
            : !lane.IsReady ? DeclineReason.SimNotReady
            : isDraining ? DeclineReason.Draining
            : lane.IsPaused ? DeclineReason.Paused
            : lane.Held >= options.Places && lane.Find(lease.M) is null ? DeclineReason.NoPlace
            : lease.Parts != held.Text.Segments ? DeclineReason.PartsDiffer
            : lease.ValidForMs <= 0 ? DeclineReason.TooLate
            : null;
    }

    /// <summary>Only a submission that surely left nothing behind may be followed by another one unasked.</summary>
    private static bool MayHaveLeft(Remembered known) =>
        known.Outcome switch
        {
            null => false,
            { K: FactKind.NotSent } => false,
            { K: FactKind.Settled, Result: SettledResult.NeverLeft or SettledResult.Refused } => known.Left
                > 0,
            _ => true,
        };

    private void Decline(Lease lease, string reason) => Frames.Add(new Declined(lease.M, lease.F, reason));

    /// <summary>Gives the SIM its next message, if it is free and its pace allows.</summary>
    private void Advance(Lane lane)
    {
        if (
            lane.Current is not null
            || lane.Investigations > 0
            || !isLinked
            || !lane.IsReady
            || lane.IsPaused
        )
        {
            return;
        }
        foreach (var held in lane.Waiting.ToArray())
        {
            if (held.IsTooLate(clock.Up) || held.LeaseLeft(clock.Up) < ClaimNeedsMs)
            {
                Drop(held);
                Decline(
                    held.Lease,
                    held.IsTooLate(clock.Up) ? DeclineReason.TooLate : DeclineReason.LeaseLapsed
                );
                continue;
            }
            if (lane.Pacing.Allows(held.Text.Segments, clock.Up))
            {
                lane.Waiting.Remove(held);
                lane.Current = held;
                crash.Pass("beforeClaim");
                Claim(held);
            }
            return;
        }
    }

    private void Claim(Held held)
    {
        held.ClaimedAt = clock.Up;
        held.Claims++;
        Frames.Add(new Claim(held.Lease.M, held.Lease.F));
    }

    private void Drop(Held held)
    {
        var lane = lanes[held.Lease.Sim];
        lane.Waiting.Remove(held);
        if (lane.Current == held)
        {
            lane.Current = null;
        }
        placesChanged = true;
        Advance(lane);
    }

    private void Tick()
    {
        foreach (var lane in lanes.Values)
        {
            foreach (var held in lane.Waiting.ToArray())
            {
                Renew(held);
            }
            if (lane.Current is { Part: 0 } claiming)
            {
                AskAgain(claiming);
            }
            Advance(lane);
        }
    }

    private void Renew(Held held)
    {
        if (isLinked && held.Renewals < MostRenewals && held.LeaseLeft(clock.Up) <= held.Lease.LeaseMs / 2)
        {
            held.Renewals++;
            held.HeldFrom = clock.Up;
            Frames.Add(new Renew(held.Lease.M, held.Lease.F));
        }
    }

    private void AskAgain(Held held)
    {
        if (clock.Up - held.ClaimedAt < ClaimAnswerMs)
        {
            return;
        }
        if (held.Claims >= MostClaims)
        {
            // The gateway may have said yes and we never heard: it will ask, and then this fence is refused for good.
            Drop(held);
            Decline(held.Lease, DeclineReason.ClaimUnanswered);
        }
        else if (isLinked)
        {
            Claim(held);
        }
    }
}

using Gateway.Application.Devices;
using Gateway.Application.Messages;
using Gateway.Domain.Devices;
using Gateway.Domain.Telephony;
using NodaTime;

namespace Gateway.Api.Messages;

/// <summary>What would happen to a text if it were sent now.</summary>
/// <param name="Units">Septets or UTF-16 code units.</param>
/// <param name="Parts">The text of each segment.</param>
/// <param name="Carrier">Who would carry it now; null when nobody could.</param>
/// <param name="HoldReason">Why it would be held; null when it wouldn't.</param>
public sealed record DryRun(
    string To,
    string Encoding,
    int Units,
    int Segments,
    IReadOnlyList<string> Parts,
    DryRunCarrier? Carrier,
    string? HoldReason,
    RoutingDecision Routing
);

/// <summary>The SIM that would carry a text.</summary>
public sealed record DryRunCarrier(Guid DeviceId, string Sim, string Line);

/// <summary>Answers <c>?dryRun=true</c> with the same functions that sending uses.</summary>
public sealed class DryRuns(Fleet fleet, StickyLines sticky, SendingRules rules, IClock clock)
{
    /// <summary>The command must have passed its validator.</summary>
    public DryRun Of(string tenant, SendMessage command)
    {
        var order = command.ToOrder(rules.Region, clock.GetCurrentInstant());
        var text = SmsText.Of(order.Text);
        var to = order.To.Value;
        var result = Routing.Choose(
            new(to, order.From?.Value, order.DeviceId, sticky.Of(tenant, to)),
            fleet.Snapshot(tenant)
        );
        var carrier = result.Choice is { } choice
            ? new DryRunCarrier(choice.DeviceId, choice.Sim, choice.Line)
            : null;
        return new(
            to,
            order.Alphabet,
            text.Units,
            text.Segments,
            text.Parts(),
            carrier,
            result.HoldReason,
            result.Decision
        );
    }
}

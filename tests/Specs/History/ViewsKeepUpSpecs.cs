using Gateway.Api.Setup;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Gateway.Api.Setup.ViewsKeepUp;

namespace Gateway.Specs.History;

public class ViewsKeepUpSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void With_nothing_to_read_all_is_well() =>
        Assert.Equal((HealthStatus.Healthy, "0 events behind at most"), Judged());

    [Fact]
    public void Who_is_behind_but_moves_is_well() =>
        Assert.Equal(
            (HealthStatus.Healthy, "700 events behind at most"),
            Judged(new Trailing("Views:All", 700, TimeSpan.FromSeconds(29)))
        );

    [Fact]
    public void Who_stands_still_is_named_however_little_it_is_behind() =>
        Assert.Equal(
            (HealthStatus.Degraded, "9 events behind at most; Webhooks:All has not moved for 30 s"),
            Judged(
                new Trailing("Views:All", 9, TimeSpan.FromSeconds(1)),
                new Trailing("Webhooks:All", 1, Patience)
            )
        );

    [Fact]
    public void Who_moves_but_is_very_far_behind_is_told_too() =>
        Assert.Equal(
            (HealthStatus.Degraded, "50001 events behind at most"),
            Judged(new Trailing("Views:All", 50_001, TimeSpan.Zero))
        );

    [Fact]
    public void A_view_that_stopped_on_a_cancelled_read_will_work_again_and_one_with_a_fault_is_not_judged()
    {
        Assert.True(Store.Passing(new TaskCanceledException()));
        Assert.Null(Store.Passing(new InvalidOperationException()));
    }

    private static (HealthStatus, string?) Judged(params Trailing[] behind) =>
        Judge(behind, Patience) is var result ? (result.Status, result.Description) : default;
}

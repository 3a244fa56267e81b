using Gateway.Domain.Rebuilds;
using NodaTime;

namespace Gateway.Specs.History;

public class RebuildSpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Guid Id = new("01920000-0000-7000-8000-000000000001");
    private static readonly string[] Known = ["Messages", "Conversations"];
    private static readonly RebuildRequested Requested = new(Known, Noon);
    private static readonly RebuildFailed Failed = new("No space left on device", Noon);

    [Fact]
    public void Without_a_name_all_views_are_built_anew() =>
        new Given<Rebuild>(Rebuild.Evolve)
            .When(_ => Rebuild.Request(null, [], Known, Noon))
            .Recorded(Requested);

    [Fact]
    public void A_view_that_does_not_exist_is_refused() =>
        new Given<Rebuild>(Rebuild.Evolve)
            .When(_ => Rebuild.Request(null, ["Horoscopes"], Known, Noon))
            .Refused(new ViewIsUnknown("Horoscopes", Known));

    [Fact]
    public void While_one_runs_another_is_refused() =>
        new Given<Rebuild>(Rebuild.Evolve, Requested)
            .When(running => Rebuild.Request(running, [], Known, Noon))
            .Refused(new RebuildIsRunning(Id));

    [Fact]
    public void After_one_failed_another_may_begin()
    {
        var decision = new Given<Rebuild>(Rebuild.Evolve, Requested, Failed)
            .When(failed => Rebuild.Request(failed, ["Messages"], Known, Noon))
            .Decision;

        Assert.Equal(["Messages"], Assert.IsType<RebuildRequested>(Assert.Single(decision.Events)).Views);
    }

    [Fact]
    public void It_ends_once() =>
        new Given<Rebuild>(Rebuild.Evolve, Requested, Failed)
            .When(rebuild => Rebuild.End(rebuild, new RebuildCancelled(Noon)))
            .NothingHappens();

    [Fact]
    public void What_never_began_cannot_end() =>
        new Given<Rebuild>(Rebuild.Evolve)
            .When(rebuild => Rebuild.End(rebuild, new RebuildCancelled(Noon)))
            .Refused(new RebuildIsUnknown());
}

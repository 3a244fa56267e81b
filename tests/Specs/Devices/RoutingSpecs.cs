using CsCheck;
using Gateway.Domain.Devices;
using Gateway.Domain.Messages;

namespace Gateway.Specs.Devices;

public class RoutingSpecs
{
    private const string Alice = "+447700900123";
    private static readonly FleetSim One = Sim(1, "+447700900001");
    private static readonly FleetSim Two = Sim(2, "+447700900002");
    private static readonly FleetSim Three = Sim(3, "+447700900003");
    private static readonly RoutingRequest Anyone = new(Alice, null, null, null);

    [Fact]
    public void The_least_loaded_SIM_carries_it() =>
        Assert.Equal(Two.Line, Chosen(Anyone, One with { Load = 2 }, Two with { Load = 1 }));

    [Fact]
    public void The_healthier_one_carries_it_where_loads_are_equal() =>
        Assert.Equal(Two.Line, Chosen(Anyone, One with { Score = 60 }, Two with { Score = 90 }));

    [Fact]
    public void The_line_that_the_recipient_knows_is_preferred()
    {
        var known = Anyone with { StickyLine = Two.Line };

        Assert.Equal(Two.Line, Chosen(known, One, Two with { Load = 1, Score = 50 }));
        Assert.Equal("sticky", Routing.Choose(known, [One, Two]).Decision.Strategy);
    }

    [Fact]
    public void The_line_that_the_recipient_knows_is_not_demanded()
    {
        var known = Anyone with { StickyLine = Two.Line };

        Assert.Equal(One.Line, Chosen(known, One, Two with { Places = 0 }));
        Assert.Equal(One.Line, Chosen(known, One, Two with { Refusal = "paused" }));
        Assert.Equal("least_loaded", Routing.Choose(known, [One]).Decision.Strategy);
    }

    [Fact]
    public void A_named_line_is_demanded()
    {
        var named = Anyone with { Line = Two.Line };

        Assert.Equal(Two.Line, Chosen(named, One, Two with { Load = 1, Score = 10 }));
        Assert.Equal("named_line", Routing.Choose(named, [One, Two]).Decision.Strategy);
        Assert.Equal(MessageReasons.NoSuchLine, Held(named, One, Three));
    }

    [Fact]
    public void A_named_device_is_demanded()
    {
        var named = Anyone with { DeviceId = Two.DeviceId };

        Assert.Equal(Two.Line, Chosen(named, One, Two with { Load = 1 }));
        Assert.Equal("named_device", Routing.Choose(named, [One, Two]).Decision.Strategy);
        Assert.Equal(MessageReasons.NoSuchLine, Held(named, One, Three));
    }

    [Fact]
    public void Nobody_online_holds_it() => Assert.Equal(MessageReasons.NoDeviceOnline, Held(Anyone));

    [Fact]
    public void Nobody_fit_holds_it()
    {
        Assert.Equal(MessageReasons.NoHealthySim, Held(Anyone, One with { Score = 0 }));
        Assert.Equal(MessageReasons.NoHealthySim, Held(Anyone, One with { Refusal = "paused" }));
        Assert.Equal(
            MessageReasons.NoHealthySim,
            Held(Anyone with { Line = Two.Line }, One, Two with { Refusal = "paused" })
        );
    }

    [Fact]
    public void A_busy_fleet_is_waited_for_and_holds_nothing()
    {
        var result = Routing.Choose(Anyone, [One with { Places = 0 }, Two with { Refusal = "paused" }]);

        Assert.Null(result.Choice);
        Assert.Null(result.HoldReason);
    }

    [Fact]
    public void The_decision_tells_why_the_others_could_not()
    {
        var decision = Routing
            .Choose(
                Anyone,
                [
                    One,
                    Two with
                    {
                        Refusal = "paused",
                    },
                    Three with
                    {
                        Refusal = "paused",
                    },
                    Sim(4, "x", score: 0),
                ]
            )
            .Decision;

        Assert.Equal(4, decision.Considered);
        Assert.Equal([new("paused", 2), new("unhealthy", 1)], decision.Refusals);
        Assert.Equal([new(One.DeviceId, One.Sim, One.Score, One.Load)], decision.Candidates);
    }

    [Fact]
    public void The_decision_names_a_few_candidates_however_large_the_fleet()
    {
        var fleet = Enumerable.Range(1, 500).Select(n => Sim(n, $"line-{n}") with { Load = n }).ToList();

        var decision = Routing.Choose(Anyone, fleet).Decision;

        Assert.Equal(500, decision.Considered);
        Assert.Equal([1, 2, 3], decision.Candidates.Select(candidate => candidate.Load));
    }

    [Fact]
    public void The_choice_does_not_hang_on_the_order_of_the_fleet() =>
        Gen.Select(Gen.Int[0, 2].Array[6], Gen.Int[0, 2].Array[6], Gen.Double.Array[6])
            .Sample(
                (loads, scores, lots) =>
                {
                    var fleet = Enumerable
                        .Range(0, 6)
                        .Select(n =>
                            Sim(n / 2, $"line-{n}") with
                            {
                                Sim = $"sim{n % 2}",
                                Load = loads[n],
                                Score = scores[n],
                            }
                        )
                        .ToList();
                    var shuffled = fleet
                        .Zip(lots)
                        .OrderBy(entry => entry.Second)
                        .Select(entry => entry.First);
                    Assert.Equal(
                        Routing.Choose(Anyone, fleet).Choice?.Line,
                        Routing.Choose(Anyone, [.. shuffled]).Choice?.Line
                    );
                }
            );

    private static string? Chosen(RoutingRequest request, params FleetSim[] fleet) =>
        Routing.Choose(request, fleet).Choice?.Line;

    private static string? Held(RoutingRequest request, params FleetSim[] fleet)
    {
        var result = Routing.Choose(request, fleet);
        Assert.Null(result.Choice);
        return result.HoldReason;
    }

    private static FleetSim Sim(int number, string line, int score = 100) =>
        new(
            new($"01920000-0000-7000-8000-{number:D12}"),
            "sim1",
            line,
            score,
            Load: 0,
            Places: 2,
            Refusal: null
        );
}

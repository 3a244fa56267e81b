using Gateway.DeviceAgent.Modem.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Specs.Simulator;

public sealed class CarrierSpecs
{
    private const string Documented = """
        {"seed":7,"sims":[{"sim":"sim1","number":"+447700900001","operator":"PTYNET","mccmnc":"23415"}],
         "defaults":{"acceptMs":"lognormal(1200,0.4)","report":{"after":"exp(8s)","status":"00"},"network":{"dbm":"walk(-85,3,-112,-60)"},"battery":{"start":90,"perHour":-4,"perPart":-0.02,"chargingAt":["22:00-06:00"]},"tempC":"30+8*load"},
         "rules":[{"to":"*0001","do":{"refuse":38}},{"to":"*0002","do":{"silentAfterAccept":true}},{"to":"*0003","do":{"neverLeft":331}},{"to":"*0004","do":{"report":{"after":"30s","status":"46"}}},
           {"to":"*0005","do":{"report":"none"}},{"to":"*0006","do":{"report":{"duplicate":3,"outOfOrder":true}}},{"to":"*0007","do":{"errorButSent":500}},{"to":"*0008","do":{"reply":{"after":"5s","text":"STOP"}}},
           {"to":"*0009","do":{"reply":{"after":"3s..20s","text":["yes","no","who is this?"]}}},{"text":"~flaky","p":0.2,"do":{"refuse":41}}],
         "timeline":[{"at":"60s","do":"airplane","for":"90s"},{"at":"5m","do":"simRemoved","for":"30s"},{"at":"10m","do":"hangup"},{"at":"12m","do":{"inbound":{"from":"+447700900199","text":"hello","parts":1}}},{"at":"15m","do":{"clock":"-3d"}}],
         "crash":{"point":"afterSubmit","nth":3}}
        """;

    private const string Alice = "+447700900123";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_gives_the_same_ground_truth_to_the_octet()
    {
        var (first, again, other) = (await Run(7), await Run(7), await Run(8));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Contains("\"f\":\"mt\"", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+447700900001", CarrierAnswer.Error, 38, 0)]
    [InlineData("+447700900002", CarrierAnswer.Silence, 0, 1)]
    [InlineData("+447700900003", CarrierAnswer.Error, 331, 0)]
    [InlineData("+447700900007", CarrierAnswer.Error, 500, 1)]
    [InlineData(Alice, CarrierAnswer.Accepted, 0, 1)]
    public async Task Numbers_that_end_in_a_script_play_it(
        string to,
        CarrierAnswer answer,
        int code,
        int reached
    )
    {
        var truth = new StringWriter();
        using var carrier = Instant(truth);

        var verdict = await carrier.Submit("sim1", new(to, "hello"), Stop);

        Assert.Equal((answer, code), (verdict.Answer, verdict.Code));
        Assert.Equal(reached, truth.ToString().Split("\"f\":\"mo\"").Length - 1);
    }

    [Theory]
    [InlineData("+447700900002", new int[0])]
    [InlineData("+447700900005", new int[0])]
    [InlineData("+447700900004", new[] { 0x46 })]
    [InlineData("+447700900006", new[] { 0, 0, 0, 0x20 })]
    [InlineData("+447700900007", new[] { 0 })]
    [InlineData(Alice, new[] { 0 })]
    public async Task A_report_comes_as_the_number_says(string to, int[] statuses)
    {
        var time = new FakeTimeProvider();
        using var carrier = Instant(time: time);

        await carrier.Submit("sim1", new(to, "hello"), Stop);
        time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(statuses, Heard(carrier).OfType<ReportCame>().Select(report => report.Status));
    }

    [Fact]
    public async Task A_rule_of_the_scenario_comes_before_the_well_known_numbers()
    {
        using var carrier = Instant(
            scenario: Scenario.Parse(
                """{"rules":[{"text":"~Flaky","do":{"refuse":41}},{"to":"*0001","do":{"report":"none"}}]}"""
            )
        );

        Assert.Equal(
            CarrierAnswer.Accepted,
            (await carrier.Submit("sim1", new("+447700900001", "hello"), Stop)).Answer
        );
        Assert.Equal(41, (await carrier.Submit("sim1", new(Alice, "a flaky one"), Stop)).Code);
    }

    [Fact]
    public async Task Chance_hangs_on_the_message_and_not_on_the_order_of_calls()
    {
        var scenario = Scenario.Parse("""{"seed":3,"rules":[{"p":0.5,"do":{"refuse":41}}]}""");
        string[] subjects = ["a", "b", "c", "d", "e", "f", "g", "h"];
        using var forwards = Instant(scenario: scenario);
        using var backwards = Instant(scenario: scenario);

        var one = await Codes(forwards, subjects);
        var two = await Codes(backwards, [.. subjects.Reverse()]);

        Assert.Equal(one, two.Reverse());
        Assert.Contains(41, one);
        Assert.Contains(0, one);
    }

    [Fact]
    public async Task In_airplane_mode_nothing_leaves_and_it_ends()
    {
        var time = new FakeTimeProvider();
        using var carrier = Instant(
            time: time,
            scenario: Scenario.Parse("""{"timeline":[{"at":"60s","do":"airplane","for":"90s"}]}""")
        );

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(331, (await carrier.Submit("sim1", new(Alice, "hello"), Stop)).Code);
        time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(
            CarrierAnswer.Accepted,
            (await carrier.Submit("sim1", new(Alice, "hello"), Stop)).Answer
        );
        Assert.Equal(
            [LineState.Airplane, LineState.Ready],
            Heard(carrier).OfType<LineChanged>().Select(c => c.State)
        );
    }

    [Fact]
    public async Task The_scenario_of_the_documentation_is_read_and_plays()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddHours(12));
        var scenario = Scenario.Parse(Documented);
        await using var radio = new SimulatedRadio(new(scenario, time), time);

        time.Advance(TimeSpan.FromMinutes(15));
        var health = await radio.ReadHealth(Stop);

        Assert.Equal("hello", Heard(radio.Carrier).OfType<TextCame>().Single().Text);
        Assert.Equal(TimeSpan.FromDays(-3), radio.Carrier.ClockShift);
        Assert.Equal(
            (89d, "discharging", 30d),
            (health.Device.Battery?.Percent, health.Device.Battery?.State, health.Device.TempC)
        );
        Assert.InRange(health.Sims[0].Dbm ?? 0, -112, -60);
        Assert.Equal(new("afterSubmit", 3), scenario.Crash);
    }

    [Fact]
    public void A_scenario_with_a_word_too_many_is_refused() =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Scenario.Parse("""{"rulez":[]}"""));

    [Theory]
    [InlineData("500", 500, 500)]
    [InlineData("30s", 30_000, 30_000)]
    [InlineData("3s..20s", 3_000, 20_000)]
    [InlineData("exp(8s)", 0, 400_000)]
    [InlineData("lognormal(1200,0.4)", 100, 12_000)]
    public void A_spread_stays_within_reason(string text, double least, double most) =>
        Assert.All(
            Enumerable.Range(0, 500),
            n => Assert.InRange(Spread.Parse(text).For(new(1), $"{n}", "x").TotalMilliseconds, least, most)
        );

    private static async Task<string> Run(long seed)
    {
        var (time, truth) = (new FakeTimeProvider(), new StringWriter());
        var scenario = Scenario.Parse(
            """{"timeline":[{"at":"2s","do":{"inbound":{"from":"+447700900199","text":"hello"}}}]}"""
        );
        using var carrier = new Carrier(scenario with { Seed = seed }, time, new(truth));
        for (var n = 0; n < 30; n++)
        {
            var sent = carrier.Submit(
                "sim1",
                new($"+44770090{n:0000}", "hello", Subject: $"m{n}/1"),
                default
            );
            for (var second = 0; second < 7; second++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }
            await sent;
        }
        return truth.ToString();
    }

    private static Carrier Instant(
        TextWriter? truth = null,
        TimeProvider? time = null,
        Scenario? scenario = null
    ) =>
        new(
            (scenario ?? new()) with
            {
                Defaults = new(Spread.None, new(Spread.None), Spread.None),
            },
            time ?? new FakeTimeProvider(),
            truth is null ? null : new(truth)
        );

    private static async Task<int[]> Codes(Carrier carrier, string[] subjects)
    {
        var codes = new List<int>();
        foreach (var subject in subjects)
        {
            codes.Add((await carrier.Submit("sim1", new(Alice, "hello", Subject: subject), Stop)).Code);
        }
        return [.. codes];
    }

    private static List<CarrierEvent> Heard(Carrier carrier)
    {
        var heard = new List<CarrierEvent>();
        while (carrier.Line("sim1").Events.TryRead(out var happened))
        {
            heard.Add(happened);
        }
        return heard;
    }
}

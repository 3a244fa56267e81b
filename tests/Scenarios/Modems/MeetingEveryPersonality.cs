using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.DeviceAgent.Modem.Simulator.AtFace;
using Gateway.Domain.Telephony;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Scenarios.Modems;

/// <summary>Our driver with modems that behave as modems do; the clock is moved, so that minutes pass in moments.</summary>
public class MeetingEveryPersonality
{
    private const string Remote = "+447700900123";
    private const string Long =
        "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. "
        + "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog. ";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    /// <summary>Those whose answers can be relied on.</summary>
    public static TheoryData<string> Honest =>
        [
            .. Personality
                .All.Where(one => one.AfterSubmit == AfterSubmit.Answered && !one.Garbles)
                .Select(one => one.Name),
        ];

    /// <summary>Those who take a text and don't say so.</summary>
    public static TheoryData<string> Doubtful =>
        [.. Personality.All.Where(one => one.AfterSubmit != AfterSubmit.Answered).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Honest))]
    public async Task Two_segments_go_out_once_and_are_reported_each(string personality)
    {
        await using var network = SimulatedNetwork.Start("tcp", personality, time);
        await using var radio = await Open(network);
        var parts = SmsText.Of(Long).Parts();

        var references = new List<int>();
        for (var i = 0; i < parts.Count; i++)
        {
            references.Add(Assert.IsType<Accepted>(await Pass(Submit(radio, parts, i))).Reference);
        }

        var reports = await Pass(Read<DeliveryReportArrived>(radio, parts.Count));
        Assert.Equal(references, reports.Select(report => report.Reference));
        Assert.Equal(parts.Select(Truth.Hash), network.Taken.Select(taken => taken.Body_h));
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public async Task Texts_come_in_whole_and_once(string personality)
    {
        await using var network = SimulatedNetwork.Start("tcp", personality, time);
        await using var radio = await Open(network);
        network.Carrier.Text("sim1", Remote, "Hello");
        network.Carrier.Text("sim1", Remote, Long);
        network.Carrier.Text("sim1", Remote, "Bye");

        Assert.Equal(["Hello", Long, "Bye"], await Pass(Texts(radio, 3)));
        Assert.Equal(0, (await Pass(radio.ReadHealth(Stop))).Sims[0].Store?.Used);
    }

    [Theory]
    [MemberData(nameof(Doubtful))]
    public async Task A_text_that_may_have_left_is_in_doubt_and_went_out_once(string personality)
    {
        await using var network = SimulatedNetwork.Start("tcp", personality, time);
        await using var radio = await Open(network);
        Assert.IsType<Unknown>(await Pass(Submit(radio, ["Hello"], 0)));
        Assert.Single(network.Taken);
    }

    [Fact]
    public async Task Damaged_answers_make_nothing_go_out_twice_and_nothing_get_lost()
    {
        const int texts = 12;
        await using var network = SimulatedNetwork.Start("tcp", "garbled", time);
        await using var radio = await Open(network);

        var results = new List<PartResult>();
        for (var i = 0; i < texts; i++)
        {
            network.Carrier.Text("sim1", Remote, $"In {i}");
            results.Add(await Pass(Submit(radio, [$"Out {i}"], 0)));
        }

        Assert.InRange(network.Taken.Count, texts - results.Count(result => result is not Accepted), texts);
        Assert.Equal(network.Taken.Count, network.Taken.DistinctBy(taken => taken.Body_h).Count());
        Assert.Equal(
            Enumerable.Range(0, texts).Select(i => $"In {i}").Order(),
            (await Pass(Texts(radio, texts))).Order()
        );
    }

    [Fact]
    public async Task A_wrong_PIN_is_tried_once()
    {
        await using var network = SimulatedNetwork.Start("tcp", "pin", time);
        for (var tries = 0; tries < 4; tries++)
        {
            await Assert.ThrowsAnyAsync<IOException>(() => Open(network, pin: "9999"));
        }

        await using var radio = await Open(network, Personality.RightPin);
        Assert.IsType<Accepted>(await Pass(Submit(radio, ["Hello"], 0)));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<IRadio> Open(SimulatedNetwork network, string pin = Personality.RightPin) =>
        Pass(RadioFactory.Open($"{network.Uri}?pin={pin}", time, Stop));

    private static Task<PartResult> Submit(IRadio radio, IReadOnlyList<string> parts, int index) =>
        radio.SubmitPart(SimulatedNetwork.Part(Remote, parts, index), Stop).AsTask();

    /// <summary>Texts that came in, each confirmed at once.</summary>
    private static async Task<IReadOnlyList<string?>> Texts(IRadio radio, int count)
    {
        var (texts, known) = (new List<string?>(), new HashSet<InboundKey>());
        await foreach (var happened in radio.Events(Stop))
        {
            if (happened is InboundArrived text)
            {
                // One that couldn't be deleted is found again; by its key it is known to be the same.
                if (known.Add(text.Key))
                {
                    texts.Add(text.Text);
                }

                await radio.ConfirmInbound(text.Key, Stop);
            }

            if (texts.Count == count)
            {
                break;
            }
        }

        return texts;
    }

    private static async Task<IReadOnlyList<T>> Read<T>(IRadio radio, int count)
        where T : RadioEvent
    {
        var read = new List<T>();
        await foreach (var happened in radio.Events(Stop))
        {
            if (happened is T wanted)
            {
                read.Add(wanted);
            }

            if (read.Count == count)
            {
                break;
            }
        }

        return read;
    }

    /// <summary>Lets time pass until it is done, slower than the programs are.</summary>
    private async Task<T> Pass<T>(Task<T> task)
    {
        while (await Task.WhenAny(task, Task.Delay(2, Stop)) != task)
        {
            time.Advance(Step);
        }

        return await task;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.DeviceAgent.Modem.Simulator;

namespace Gateway.Scenarios.Faults;

/// <summary>
/// Clients that ask again with the same key until they get an answer, and what they were told. Each text is its own, so
/// that the carrier's log can be read against it.
/// </summary>
/// <param name="device">The device that must carry them; null for any.</param>
public sealed class Ledger(GatewayProcess gateway, Guid? device = null)
{
    /// <summary>More than an agent waits between two tries to connect, twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(80);
    private static readonly string[] Final =
    [
        "delivered",
        "undelivered",
        "failed",
        "in_doubt",
        "expired",
        "cancelled",
    ];

    private readonly ConcurrentDictionary<int, Guid> accepted = new();
    private readonly ConcurrentDictionary<Guid, string> statuses = new();
    private readonly ConcurrentBag<Refused> refused = [];
    private int next;

    /// <summary>An answer that wasn't an acceptance.</summary>
    public sealed record Refused(HttpStatusCode Status, string? Code, bool SaysWhenToRetry);

    public IReadOnlyCollection<Refused> Refusals => refused;
    public IReadOnlyCollection<Guid> Accepted => [.. accepted.Values];
    public int Count => accepted.Count;

    /// <summary>How many ended in this state.</summary>
    public int In(string status) => statuses.Values.Count(known => known == status);

    public IEnumerable<Guid> MessagesIn(string status) =>
        statuses.Where(known => known.Value == status).Select(known => known.Key);

    /// <summary>Sends this many more texts from several clients; ends when each has its answer.</summary>
    public Task Send(int count, int clients = 8)
    {
        var numbers = new ConcurrentQueue<int>(Enumerable.Range(next, count));
        next += count;
        return Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Client(numbers)));
    }

    /// <summary>Every key that was accepted still stands for the same one message.</summary>
    public async Task KeysHold()
    {
        var before = accepted.ToDictionary();
        await Task.WhenAll(before.Keys.Select(number => Answered(number)));
        Assert.Equal(before.OrderBy(e => e.Key), accepted.OrderBy(e => e.Key));
        Assert.Equal(accepted.Count, accepted.Values.Distinct().Count());
    }

    /// <summary>Waits until nothing more can be expected of any message.</summary>
    /// <param name="reportsWithin">
    /// How long to wait for reports where a simulator was killed: one that it owed never comes. Null if all come.
    /// </param>
    public async Task Settled(TimeSpan? reportsWithin = null)
    {
        var open = accepted.Values.ToHashSet();
        var (start, end) = (DateTime.UtcNow, DateTime.UtcNow + Patience);
        while (open.Count > 0)
        {
            foreach (var id in open.ToList())
            {
                var status = (await gateway.Get($"/v1/messages/{id}")).GetProperty("status").GetString()!;
                statuses[id] = status;
                var isUnreported = status == "sent" && DateTime.UtcNow - start > reportsWithin;
                if (isUnreported || Final.Contains(status))
                {
                    open.Remove(id);
                }
            }

            if (open.Count > 0)
            {
                var stuck = open.GroupBy(id => statuses[id])
                    .Select(g => $"{g.Count()} {g.Key}, as {g.First()}");
                Assert.True(DateTime.UtcNow < end, $"Not settled: {string.Join("; ", stuck)}.");
                await Task.Delay(200);
            }
        }
    }

    /// <summary>The list's view comes to say of each message what its stream says.</summary>
    public Task ViewsAgree() =>
        Eventually.True(
            async () =>
            {
                var listed = new Dictionary<Guid, string>();
                for (string? cursor = ""; cursor is not null; )
                {
                    var page = await gateway.Get($"/v1/messages?limit=500&cursor={cursor}");
                    foreach (var item in page.GetProperty("items").EnumerateArray())
                    {
                        listed[item.GetProperty("id").GetGuid()] = item.GetProperty("status").GetString()!;
                    }

                    cursor = page.GetProperty("next").GetString();
                }

                return statuses.All(known => listed.GetValueOrDefault(known.Key) == known.Value);
            },
            TimeSpan.FromSeconds(30),
            "views that agree with the streams"
        );

    /// <summary>Nobody was texted twice, and every message that is said to have left did.</summary>
    public void AgreesWithTheCarrier(params IReadOnlyList<AgentProcess> agents)
    {
        var received = Received(agents);
        Assert.DoesNotContain(received, text => text.Value > 1);
        foreach (var (number, id) in accepted)
        {
            if (statuses[id] is "sent" or "delivered")
            {
                Assert.Contains($"{Truth.Hash(TextOf(number))}/1", received.Keys);
            }
        }
    }

    /// <summary>How often each text really went out, by the carrier's own log.</summary>
    private static Dictionary<string, int> Received(IEnumerable<AgentProcess> agents) =>
        agents
            .Where(agent => File.Exists(agent.Truth))
            .SelectMany(agent => File.ReadLines(agent.Truth))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(line => line.GetProperty("f").GetString() == "mo")
            .Select(line => line.GetProperty("v"))
            .GroupBy(v => $"{v.GetProperty("body_h")}/{v.GetProperty("part")}")
            .ToDictionary(texts => texts.Key, texts => texts.Count());

    private async Task Client(ConcurrentQueue<int> numbers)
    {
        while (numbers.TryDequeue(out var number))
        {
            await Answered(number);
        }
    }

    private async Task Answered(int number)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await Ask(number))
        {
            Assert.True(DateTime.UtcNow < end, $"Message {number} was never answered.");
            await Task.Delay(100);
        }
    }

    private async Task<bool> Ask(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages");
        request.Headers.Add("Idempotency-Key", $"{device}/{number}");
        request.Content = JsonContent.Create(
            new
            {
                to = "+447700900123",
                text = TextOf(number),
                deviceId = device,
            }
        );
        try
        {
            using var answer = await gateway.Http.SendAsync(request);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                accepted[number] = body.GetProperty("id").GetGuid();
                return true;
            }

            refused.Add(
                new(
                    answer.StatusCode,
                    body.GetProperty("code").GetString(),
                    answer.Headers.RetryAfter is not null
                )
            );
            return false;
        }
        catch (Exception lost)
            when (lost is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            // No answer: the client can't know, and asks again.
            return false;
        }
    }

    private string TextOf(int number) => $"Text {number} {device}";
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Scenarios.History;

public class TravellingInTime(SharedGateway shared)
{
    private const string Answers = "+447700900009";
    private const string Bob = "+447700900123";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_answered_about_the_past_is_answered_for_ever()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var life = await Life.Begin(tenant);
        var (position, instant) = await Now(tenant);

        var asked = await life.AskAll(position);
        await life.GoOn();

        Assert.Equal(asked, await life.AskAll(position));
        Assert.Equal(asked, await life.AskAll(instant));
        Assert.NotEqual(asked, await life.AskAll((await Now(tenant)).Position));
    }

    [Fact]
    public async Task The_end_of_the_past_is_the_present()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var life = await Life.Begin(tenant);
        await life.GoOn();
        var (position, _) = await Now(tenant);

        foreach (
            var path in life.Paths.Where(path => !path.StartsWith("/v1/devices", StringComparison.Ordinal))
        )
        {
            Assert.Equal(await life.Ask(path, null), await life.Ask(path, position));
        }
    }

    [Fact]
    public async Task Just_before_a_fact_it_had_not_happened()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Bob, "Later", new { sendAt = Tomorrow });
        await tenant.Post($"/v1/messages/{id}/cancel", new { }, HttpStatusCode.NoContent);
        var facts = (await tenant.Get($"/v1/messages/{id}/events")).EnumerateArray().ToList();

        var before = await tenant.Get($"/v1/messages/{id}?asOf=before:{Id(facts[1])}");
        var never = await tenant.Get(
            $"/v1/messages/{id}?asOf=before:{Id(facts[0])}",
            HttpStatusCode.NotFound
        );

        Assert.Equal("scheduled", before.GetProperty("status").GetString());
        Assert.Equal("moment-is-too-early", never.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_phone_that_was_away_tells_later_what_had_happened()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await tenant.Connect();
        var id = await tenant.Send(Bob, "Hello");
        await tenant.Until(id, "delivered");
        var facts = (await tenant.Get($"/v1/messages/{id}/events")).EnumerateArray().ToList();
        var claimed = facts.First(fact => fact.GetProperty("type").GetString() == "message_claimed");
        var sent = facts.First(fact => fact.GetProperty("type").GetString() == "message_sent");

        async Task<string?> Status(string query) =>
            (await tenant.Get($"/v1/messages/{id}?{query}")).GetProperty("status").GetString();

        Assert.Equal("sending", await Status($"asOf={claimed.GetProperty("position")}"));
        Assert.Equal("sent", await Status($"happenedBy={sent.GetProperty("at").GetString()}"));
        Assert.Equal(
            "sending",
            await Status(
                $"asOf={claimed.GetProperty("position")}&happenedBy={sent.GetProperty("at").GetString()}"
            )
        );
    }

    [Fact]
    public async Task A_difference_names_what_changed_and_the_facts_that_changed_it()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Bob, "Later", new { sendAt = Tomorrow });
        await tenant.Post($"/v1/messages/{id}/cancel", new { }, HttpStatusCode.NoContent);
        await Now(tenant);
        var queued = (await tenant.Get($"/v1/messages/{id}/events"))[0].GetProperty("position");

        var difference = await tenant.Get($"/v1/messages/{id}/diff?from={queued}");
        var status = difference
            .GetProperty("changes")
            .EnumerateArray()
            .Single(change => change.GetProperty("path").GetString() == "/status");

        Assert.Equal("scheduled", status.GetProperty("before").GetString());
        Assert.Equal("cancelled", status.GetProperty("after").GetString());
        Assert.Equal(
            ["message_cancelled"],
            difference
                .GetProperty("facts")
                .EnumerateArray()
                .Select(fact => fact.GetProperty("type").GetString())
        );
    }

    [Theory]
    [InlineData("9999999999", "moment-is-in-the-future", HttpStatusCode.BadRequest)]
    [InlineData("2999-01-01T00:00:00Z", "moment-is-in-the-future", HttpStatusCode.BadRequest)]
    [InlineData("2001-01-01T00:00:00Z", "moment-is-too-early", HttpStatusCode.NotFound)]
    [InlineData("before:01920000-0000-7000-8000-000000000001", "fact-is-unknown", HttpStatusCode.NotFound)]
    [InlineData("before:noon", "moment-is-invalid", HttpStatusCode.BadRequest)]
    [InlineData("0", "moment-is-invalid", HttpStatusCode.BadRequest)]
    public async Task A_moment_that_cannot_be_answered_for_is_refused(
        string asOf,
        string code,
        HttpStatusCode status
    )
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Bob, "Hello");

        var problem = await tenant.Get($"/v1/messages/{id}?asOf={asOf}", status);

        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    private static string Tomorrow => DateTimeOffset.UtcNow.AddDays(1).ToString("O");

    private static Guid Id(JsonElement fact) => fact.GetProperty("id").GetGuid();

    /// <summary>The end of the log, and the time, when everything so far is complete.</summary>
    private static async Task<(string Position, string Instant)> Now(TestTenant tenant)
    {
        var last = (await tenant.Get("/v1/audit?limit=500")).GetProperty("items").EnumerateArray().Last();
        var after = 0L;
        await TestTenant.Until(async () =>
        {
            var page = await tenant.Get($"/v1/events?after={after}&limit=500");
            after = page.GetProperty("after").GetInt64();
            return after >= last.GetProperty("position").GetInt64() ? page : null;
        });
        await Task.Delay(10, Stop);
        return ($"{after}", DateTimeOffset.UtcNow.ToString("O"));
    }

    /// <summary>A tenant with some of everything.</summary>
    private sealed class Life(TestTenant tenant, Guid phone, Guid webhook, Guid key, Guid later)
    {
        private IReadOnlyList<string>? paths;

        public IReadOnlyList<string> Paths => paths!;

        public static async Task<Life> Begin(TestTenant tenant)
        {
            var phone = await tenant.Connect("sim:?acceptMs=5&reportMs=5&replyMs=5");
            var answered = await tenant.Send(Answers, "Shall we meet?", new { tags = new[] { "date" } });
            await TestTenant.Until(async () =>
            {
                var message = await tenant.Get($"/v1/messages/{answered}");
                return message.GetProperty("markers").EnumerateArray().Any() ? message : null;
            });
            await tenant.Until(await tenant.Send(Bob, "Hello"), "delivered");
            var later = await tenant.Send(Bob, "Later", new { sendAt = Tomorrow });
            var webhook = await tenant.Post(
                "/v1/webhooks",
                new { url = "https://example.com/hook", events = new[] { "message.sent" } },
                HttpStatusCode.Created
            );
            var key = await tenant.Post(
                "/v1/keys",
                new { name = "shop", scopes = new[] { "messages:send" } },
                HttpStatusCode.Created
            );
            var life = new Life(
                tenant,
                phone.Id,
                webhook.GetProperty("id").GetGuid(),
                key.GetProperty("id").GetGuid(),
                later
            );
            await life.FindPaths(answered);
            return life;
        }

        public async Task GoOn()
        {
            await tenant.Until(await tenant.Send(Bob, "Again"), "delivered");
            await tenant.Post($"/v1/messages/{later}/cancel", new { }, HttpStatusCode.NoContent);
            await tenant.Post(
                $"/v1/devices/{phone}/pause",
                new { reason = "test" },
                HttpStatusCode.NoContent
            );
            await tenant.Http.DeleteAsync($"/v1/webhooks/{webhook}", Stop);
            await tenant.Http.DeleteAsync($"/v1/keys/{key}", Stop);
            foreach (
                var path in paths!.Where(path =>
                    path.StartsWith("/v1/conversations/", StringComparison.Ordinal)
                )
            )
            {
                await tenant.Http.PostAsJsonAsync(
                    $"{path.Replace("/entries", "", StringComparison.Ordinal)}/read",
                    new { },
                    Stop
                );
            }

            await TestTenant.Until(async () =>
            {
                using var list = await tenant.Http.GetAsync("/v1/messages", Stop);
                var lag = list.Headers.GetValues("Projection-Lag").Single();
                return lag == "0" ? JsonDocument.Parse("{}").RootElement : null;
            });
        }

        public async Task<string> Ask(string path, string? asOf)
        {
            var moment = asOf is null
                ? ""
                : $"{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}asOf={Uri.EscapeDataString(asOf)}";
            using var answer = await tenant.Http.GetAsync($"{path}{moment}", Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            var trace = text.IndexOf("\"traceId\"", StringComparison.Ordinal);
            return $"{path} {(int)answer.StatusCode} {(trace < 0 ? text : text[..trace])}";
        }

        public async Task<string> AskAll(string asOf)
        {
            var answers = new List<string>();
            foreach (var path in paths!)
            {
                answers.Add(await Ask(path, asOf));
            }

            return string.Join('\n', answers);
        }

        private async Task FindPaths(Guid answered)
        {
            var conversation = await TestTenant.Until(async () =>
            {
                var list = await tenant.Get("/v1/conversations?unread=true");
                return list.GetProperty("items")
                    .EnumerateArray()
                    .Select(c => (JsonElement?)c)
                    .FirstOrDefault();
            });
            var thread = conversation!.Value.GetProperty("id").GetGuid();
            paths =
            [
                $"/v1/messages/{answered}",
                $"/v1/messages/{later}",
                "/v1/messages",
                "/v1/messages?status=delivered",
                "/v1/messages?status=scheduled",
                "/v1/messages?tag=date",
                $"/v1/messages?device={phone}",
                $"/v1/messages?number={Uri.EscapeDataString(Bob)}&limit=2",
                "/v1/conversations",
                "/v1/conversations?unread=true",
                $"/v1/conversations/{thread}",
                $"/v1/conversations/{thread}/entries",
                "/v1/webhooks",
                $"/v1/webhooks/{webhook}",
                "/v1/devices",
                $"/v1/devices/{phone}",
                $"/v1/devices/{phone}/health",
            ];
        }
    }
}

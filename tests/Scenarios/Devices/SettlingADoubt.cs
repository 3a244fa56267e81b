using System.Net;
using System.Text.Json;
using Gateway.DeviceProtocol;

namespace Gateway.Scenarios.Devices;

public class SettlingADoubt(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    [Fact]
    public async Task A_text_that_a_person_has_sent_again_goes_out_marked_as_a_repetition()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        var (id, lease) = await InDoubt(tenant, device);

        await Resolve(tenant, id, "resend", "she asked for it");
        var again = await device.Hear<Lease>();

        Assert.Equal((id, lease.F + 1, lease.F), (again.M, again.F, again.ResendOf));
        Assert.Equal("message_resend_authorised", (await tenant.Facts(id))[^2]);
        var fact = (await tenant.Get($"/v1/audit?stream={id}&type=message_resend_authorised")).GetProperty(
            "items"
        )[0];
        Assert.Equal("she asked for it", fact.GetProperty("data").GetProperty("note").GetString());
        Assert.StartsWith("key:", fact.GetProperty("actor").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_a_person_calls_not_sent_waits_for_a_device_again()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        var (id, lease) = await InDoubt(tenant, device);

        await Resolve(tenant, id, "notSent", null);
        var again = await device.Hear<Lease>();

        Assert.Equal((id, lease.F + 1, lease.F), (again.M, again.F, again.ResendOf));
    }

    [Fact]
    public async Task A_text_that_a_person_calls_sent_is_sent_and_nothing_more_goes_out()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var device = await RawDevice.Pair(tenant);
        var (id, _) = await InDoubt(tenant, device);

        await Resolve(tenant, id, "sent", "on the bill");

        Assert.Equal("sent", (await tenant.Get($"/v1/messages/{id}")).GetProperty("status").GetString());
        var problem = await tenant.Post(
            $"/v1/messages/{id}/resolve",
            new { @as = "resend" },
            HttpStatusCode.Conflict
        );
        Assert.Equal("message-is-not-in-doubt", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"as":"maybe"}""")]
    public async Task An_answer_that_says_nothing_is_refused(string body)
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var answer = JsonSerializer.Deserialize<JsonElement>(body);

        var problem = await tenant.Post(
            $"/v1/messages/{Guid.NewGuid()}/resolve",
            answer,
            HttpStatusCode.BadRequest
        );

        Assert.True(problem.GetProperty("errors").TryGetProperty("as", out _), $"{problem}");
    }

    private static Task<JsonElement> Resolve(TestTenant tenant, Guid id, string verdict, string? note) =>
        tenant.Post($"/v1/messages/{id}/resolve", new { @as = verdict, note }, HttpStatusCode.NoContent);

    private static async Task<(Guid Id, Lease Lease)> InDoubt(TestTenant tenant, RawDevice device)
    {
        await device.Connect(places: 1);
        var id = await tenant.Send(Alice, "Hello");
        var lease = await device.ClaimNext();
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await device.Say(new Fact(1, at, 0, FactKind.Doubt, M: lease.M, F: lease.F, Text: "Not known."));
        await device.Hear<Ack>(ack => ack.N == 1);
        await tenant.Until(id, "in_doubt");
        return (id, lease);
    }
}

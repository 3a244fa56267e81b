using System.Net;
using NodaTime;
using NodaTime.Text;

namespace Gateway.Scenarios.Messages;

public class ReadingThePast(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    /// <summary>The store keeps microseconds.</summary>
    private static readonly Duration Moment = Duration.FromNanoseconds(1000);

    [Fact]
    public async Task At_an_instant_a_message_is_what_its_facts_recorded_by_then_make_it()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await Scheduled(tenant);
        await tenant.Post($"/v1/messages/{id}/cancel", new { }, HttpStatusCode.NoContent);
        var (queued, cancelled) = await Recorded(tenant, id);

        await tenant.Get(Past(id, Text(queued - Moment)), HttpStatusCode.NotFound);
        Assert.Equal(("scheduled", 1), await At(tenant, id, queued));
        Assert.Equal(("scheduled", 1), await At(tenant, id, queued + (cancelled - queued) / 2));
        Assert.Equal(("scheduled", 1), await At(tenant, id, cancelled - Moment));
        Assert.Equal(("cancelled", 2), await At(tenant, id, cancelled));
    }

    [Fact]
    public async Task An_instant_is_the_same_in_every_zone()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await Scheduled(tenant);
        var (queued, _) = await Recorded(tenant, id);

        var there = OffsetDateTimePattern.ExtendedIso.Format(queued.WithOffset(Offset.FromHours(9)));
        var before = OffsetDateTimePattern.ExtendedIso.Format(
            (queued - Moment).WithOffset(Offset.FromHours(9))
        );

        Assert.Equal(("scheduled", 1), await Read(tenant, Past(id, there)));
        await tenant.Get(Past(id, before), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_version_that_has_not_come_yet_is_the_present()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await Scheduled(tenant);
        await tenant.Post($"/v1/messages/{id}/cancel", new { }, HttpStatusCode.NoContent);

        Assert.Equal(("scheduled", 1), await Read(tenant, $"/v1/messages/{id}?version=1"));
        Assert.Equal(("cancelled", 2), await Read(tenant, $"/v1/messages/{id}?version=2"));
        Assert.Equal(("cancelled", 2), await Read(tenant, $"/v1/messages/{id}?version=99"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("yesterday")]
    [InlineData("2026-01-31T12:00:00")]
    public async Task What_is_no_moment_is_said_to_be_none(string asOf)
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Alice, "Hello");

        var problem = await tenant.Get(Past(id, asOf), HttpStatusCode.BadRequest);

        Assert.Equal("moment-is-invalid", problem.GetProperty("code").GetString());
    }

    /// <summary>Nothing happens to it by itself.</summary>
    private static Task<Guid> Scheduled(TestTenant tenant) =>
        tenant.Send(Alice, "Later", new { sendAt = DateTimeOffset.UtcNow.AddDays(1).ToString("O") });

    private static async Task<(Instant First, Instant Last)> Recorded(TestTenant tenant, Guid id)
    {
        var facts = (await tenant.Get($"/v1/messages/{id}/events")).EnumerateArray();
        var recorded = facts.Select(fact => fact.GetProperty("recordedAt").GetString()!).ToList();
        return (
            InstantPattern.ExtendedIso.Parse(recorded[0]).Value,
            InstantPattern.ExtendedIso.Parse(recorded[^1]).Value
        );
    }

    private static Task<(string?, int)> At(TestTenant tenant, Guid id, Instant instant) =>
        Read(tenant, Past(id, Text(instant)));

    private static async Task<(string?, int)> Read(TestTenant tenant, string path)
    {
        var message = await tenant.Get(path);
        return (message.GetProperty("status").GetString(), message.GetProperty("version").GetInt32());
    }

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static string Past(Guid id, string asOf) =>
        $"/v1/messages/{id}?asOf={Uri.EscapeDataString(asOf)}";
}

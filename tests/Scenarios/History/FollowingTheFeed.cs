using System.Net;
using Gateway.Domain.Consent;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;

namespace Gateway.Scenarios.History;

public class FollowingTheFeed(SharedGateway shared)
{
    private const string Alice = "+447700900123";

    [Fact]
    public async Task Every_fact_comes_once_and_in_order_whoever_commits_late_or_not_at_all()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        using var enough = new CancellationTokenSource();
        var heard = new List<Guid>();
        var following = FollowWithBreaks(tenant, heard, enough.Token);

        var committed = await Write(tenant, writers: 16, rounds: 6);
        var paged = await UntilAll(tenant, committed.Count);
        await UntilHeard(heard, committed.Count);
        await enough.CancelAsync();
        await following;

        Assert.Equal(committed.Order(), paged.Order());
        Assert.Equal(paged, heard);
    }

    [Fact]
    public async Task What_is_stored_comes_first_and_then_what_happens()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var first = await tenant.Send(Alice, "One");
        var second = Guid.Empty;
        var streams = new List<Guid>();

        await foreach (
            var (_, type, fact) in FeedReader.Follow(
                tenant.Http,
                "?types=message_queued",
                null,
                2,
                TestContext.Current.CancellationToken
            )
        )
        {
            Assert.Equal("message_queued", type);
            streams.Add(fact.GetProperty("stream").GetGuid());
            if (streams.Count == 2)
            {
                break;
            }

            second = await tenant.Send(Alice, "Two");
        }

        Assert.Equal([first, second], streams);
    }

    [Fact]
    public async Task The_feed_is_narrowed_by_what_is_asked_for()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        var id = await tenant.Send(Alice, "Hello");
        await tenant.Send("+447700900124", "Hello");
        await UntilAll(tenant, 3);

        async Task<int> Count(string query) => (await FeedReader.Pages(tenant, query)).Count;

        Assert.Equal(2, await Count("&types=message_queued"));
        Assert.Equal(1, await Count($"&stream={id}&types=message_queued"));
        Assert.Equal(0, await Count("&types=message_delivered,message_failed"));
        Assert.Equal(0, await Count("&actor=device:none"));
    }

    [Theory]
    [InlineData("?after=999999999999", "moment-is-in-the-future")]
    [InlineData("?after=-1", "moment-is-invalid")]
    [InlineData("?types=message_eaten", "event-type-is-unknown")]
    [InlineData("?since=yesterday", "moment-is-invalid")]
    public async Task A_question_without_sense_is_refused(string query, string code)
    {
        await using var tenant = await (await shared.Host).NewTenant();

        var problem = await tenant.Get($"/v1/events{query}", HttpStatusCode.BadRequest);

        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nobody_sees_the_facts_of_another_tenant()
    {
        await using var tenant = await (await shared.Host).NewTenant();
        await using var other = await (await shared.Host).NewTenant();
        await other.Send(Alice, "Hello");
        await UntilAll(other, 2);

        Assert.DoesNotContain(
            await FeedReader.Pages(tenant, ""),
            fact => fact.GetProperty("type").GetString() == "message_queued"
        );
    }

    /// <summary>Writers that work side by side: some roll back, some commit late, one far later than the others.</summary>
    private static async Task<IReadOnlyList<Guid>> Write(TestTenant tenant, int writers, int rounds)
    {
        var store = tenant.Host.Services.GetRequiredService<IDocumentStore>();
        var database = tenant.Host.Services.GetRequiredService<NpgsqlDataSource>();
        var all = await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(async writer =>
                {
                    var chance = new Random(writer);
                    var committed = new List<Guid>();
                    for (var round = 0; round < rounds; round++)
                    {
                        await using var connection = await database.OpenConnectionAsync();
                        await using var transaction = await connection.BeginTransactionAsync();
                        var options = SessionOptions.ForTransaction(transaction);
                        options.TenantId = tenant.Name;
                        await using var session = store.LightweightSession(options);
                        var facts = session
                            .Events.StartStream(
                                Guid.NewGuid(),
                                Enumerable.Range(0, 1 + round % 3).Select(_ => (object)Fact())
                            )
                            .Events.Select(e => e.Id)
                            .ToList();
                        await session.SaveChangesAsync();
                        var isLast = writer == 0 && round == rounds - 1;
                        await Task.Delay(isLast ? 5000 : chance.Next(60));
                        if (chance.Next(4) == 0 && !isLast)
                        {
                            await transaction.RollbackAsync();
                            continue;
                        }

                        await transaction.CommitAsync();
                        committed.AddRange(facts);
                    }

                    return committed;
                })
        );
        return [.. all.SelectMany(ids => ids)];
    }

    private static OptedOut Fact() => new(Alice, "inbound", "STOP", null, Instant.FromUtc(2026, 1, 1, 12, 0));

    /// <summary>A reader whose connection breaks after every few facts, and who comes back with the last id.</summary>
    private static async Task FollowWithBreaks(TestTenant tenant, List<Guid> heard, CancellationToken enough)
    {
        long? last = null;
        while (!enough.IsCancellationRequested)
        {
            var facts = FeedReader.Follow(tenant.Http, "?types=opted_out", last, 13, enough);
            try
            {
                await foreach (var (id, _, fact) in facts)
                {
                    Assert.True(id > (last ?? 0));
                    last = id;
                    heard.Add(fact.GetProperty("id").GetGuid());
                }
            }
            catch (OperationCanceledException)
            {
                // Enough was heard.
            }
        }
    }

    private static async Task UntilHeard(List<Guid> heard, int count)
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        while (heard.Count < count && DateTime.UtcNow < end)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<IReadOnlyList<Guid>> UntilAll(TestTenant tenant, int count)
    {
        IReadOnlyList<Guid> seen = [];
        await TestTenant.Until(async () =>
        {
            var facts = await FeedReader.Pages(tenant, count > 10 ? "&types=opted_out" : "");
            seen = [.. facts.Select(fact => fact.GetProperty("id").GetGuid())];
            return seen.Count >= count ? facts[0] : null;
        });
        return seen;
    }
}

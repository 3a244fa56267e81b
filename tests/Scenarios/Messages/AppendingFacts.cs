using Gateway.Application;
using Gateway.Domain;
using Gateway.Domain.Messages;
using JasperFx;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;

namespace Gateway.Scenarios.Messages;

/// <summary>Messages are appended in one statement of our own, which must do no less than Marten's.</summary>
public sealed class AppendingFacts(SharedGateway shared) : IAsyncLifetime
{
    private const string Tenant = "appending";
    private static readonly Origin Tester = new("system:tester", "a correlation", "a cause");
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private readonly RecentStreams<Message> recent = new(_ => false);
    private GatewayHost host = null!;

    private IDocumentStore Store => host.Services.GetRequiredService<IDocumentStore>();

    public async ValueTask InitializeAsync() =>
        host = await GatewayHost.Start(shared.Cluster, $"appending_{Guid.NewGuid():N}");

    public async ValueTask DisposeAsync()
    {
        recent.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task The_rows_are_those_that_Marten_writes()
    {
        var (ours, martens) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var hold = 1; hold <= 2; hold++)
        {
            await Append([ours], hold, recent);
            await Append([martens], hold, null);
        }

        Assert.Equal(await Rows("mt_streams", "id", martens), await Rows("mt_streams", "id", ours));
        Assert.Equal(
            await Rows("mt_events", "stream_id", martens),
            await Rows("mt_events", "stream_id", ours)
        );
    }

    [Fact]
    public async Task One_stream_that_moved_on_fails_them_all_and_uses_up_no_number()
    {
        var (still, moved, begun) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Append([still, moved], 1, recent);
        await using var session = Store.LightweightSession(Tenant);
        var late = await Decided(session, [still, moved, begun], 2, recent);
        await Append([moved], 3, recent);
        var before = await LastNumber();

        late.Append();
        await Assert.ThrowsAsync<ConcurrencyException>(() =>
            session.SaveChangesAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal(before, await LastNumber());
        Assert.Equal((1, 2, 0), (await Count(still), await Count(moved), await Count(begun)));
    }

    private async Task Append(Guid[] ids, int hold, RecentStreams<Message>? memory)
    {
        await using var session = Store.LightweightSession(Tenant);
        (await Decided(session, ids, hold, memory)).Append();
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<StreamSet<Message>> Decided(
        IDocumentSession session,
        Guid[] ids,
        int hold,
        RecentStreams<Message>? memory
    )
    {
        var messages = new StreamSet<Message>(session, Message.Evolve, memory);
        await messages.Load(ids, TestContext.Current.CancellationToken);
        foreach (var id in ids)
        {
            var facts = Decision.Record(new MessageReleased(hold, Noon), new MessageReleased(-hold, Noon));
            messages.Decide(id, Tester, _ => facts);
        }

        return messages;
    }

    /// <summary>Whole rows, but for what differs by nature.</summary>
    private Task<string> Rows(string table, string key, Guid id) =>
        Ask<string>(
            $"""
            select jsonb_agg(to_jsonb(r) - '{"{id,stream_id,seq_id,timestamp,created}"}'::text[] order by r.version)::text
            from gateway.{table} r where r.{key} = '{id}'
            """
        );

    private Task<int> Count(Guid id) =>
        Ask<int>($"select count(*)::int / 2 from gateway.mt_events where stream_id = '{id}'");

    private Task<long> LastNumber() => Ask<long>("select last_value from gateway.mt_events_sequence");

    private async Task<T> Ask<T>(string sql)
    {
        var data = host.Services.GetRequiredService<NpgsqlDataSource>();
        await using var command = data.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}

using Gateway.Application;
using Gateway.Domain;
using Gateway.Domain.Rebuilds;
using Gateway.Projections.History;
using JasperFx.Events;
using Marten;
using NodaTime;
using Npgsql;
using Wolverine.Runtime;
using Wolverine.Runtime.Agents;

namespace Gateway.Api.Rebuilds;

/// <summary>One reader of the log.</summary>
/// <param name="Name">Such as <c>Views</c> or <c>Webhooks</c>.</param>
/// <param name="Status"><c>running</c>, <c>paused</c> by somebody, or <c>stopped</c> when it runs nowhere.</param>
/// <param name="Position">Up to which it has read.</param>
/// <param name="Lag">Events behind the mark, at most.</param>
/// <param name="EventsPerSecond">Since somebody last asked this node; null the first time.</param>
/// <param name="LastMovedAt">When it last came further.</param>
/// <param name="Parked">Events that it could not take in and nobody has decided about.</param>
public sealed record ReaderAnswer(
    string Name,
    string Status,
    long Position,
    long Lag,
    long? EventsPerSecond,
    Instant? LastMovedAt,
    int Parked
);

public sealed record ReaderIsUnknown()
    : Rejection("reader-is-unknown", RejectionKind.Missing, "GET /v1/projections lists all readers.");

/// <summary>What reads the log: how far it is, and stopping it or letting it go on, wherever it runs.</summary>
public sealed class Readers(
    IDocumentStore store,
    NpgsqlDataSource database,
    IWolverineRuntime runtime,
    FactLog log,
    ParkedEvents parked,
    IClock clock,
    TimeProvider time
)
{
    private const int Tries = 40;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, (long Position, Instant At)> looked = [];
    private readonly Lock door = new();

    /// <summary>All, in the order of their names.</summary>
    public async Task<IReadOnlyList<ReaderAnswer>> All(CancellationToken cancellation)
    {
        var mark = await log.Mark(cancellation);
        var paused = await Paused(cancellation);
        var waiting = (await parked.All(cancellation)).ToLookup(e => e.Reader);
        var moved = await Moved(cancellation);
        return
        [
            .. Names()
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    var (position, at) = moved.GetValueOrDefault(name);
                    return new ReaderAnswer(
                        name,
                        paused.Any(uri => IsOf(uri, name)) ? "paused"
                            : moved.ContainsKey(name) ? "running"
                            : "stopped",
                        position,
                        Math.Max(0, mark - position),
                        Pace(name, position),
                        at,
                        waiting[name].Count()
                    );
                }),
        ];
    }

    /// <summary>Stops one, on whatever node it runs; it stays stopped across restarts.</summary>
    public async Task<Rejection?> Pause(
        string name,
        string reason,
        Origin origin,
        CancellationToken cancellation
    )
    {
        if (!Names().Contains(name))
        {
            return new ReaderIsUnknown();
        }

        await Record(new ReaderPaused(name, reason, clock.GetCurrentInstant()), origin, cancellation);
        var restrictions = new AgentRestrictions();
        restrictions.PauseAgent(await AgentOf(name, cancellation));
        await runtime.Agents.ApplyRestrictionsAsync(restrictions, cancellation);
        return null;
    }

    /// <summary>Lets one go on from where it was.</summary>
    public async Task<Rejection?> Resume(string name, Origin origin, CancellationToken cancellation)
    {
        if (!Names().Contains(name))
        {
            return new ReaderIsUnknown();
        }

        foreach (var agent in (await Paused(cancellation)).Where(uri => IsOf(uri, name)))
        {
            var (_, restrictions) = await runtime.Storage.Nodes.LoadNodeAgentStateAsync(cancellation);
            restrictions.RestartAgent(agent);
            await runtime.Storage.Nodes.PersistAgentRestrictionsAsync(
                restrictions.FindChanges(),
                cancellation
            );
            await runtime.Agents.KickstartHealthDetectionAsync();
        }

        await Record(new ReaderResumed(name, clock.GetCurrentInstant()), origin, cancellation);
        return null;
    }

    private IEnumerable<string> Names() =>
        ((IEventStore)store).RegisteredShardNames().Select(shard => shard.Name);

    /// <summary>Agents are named by addresses that end with the reader and its part.</summary>
    private static bool IsOf(Uri agent, string name) =>
        agent.AbsolutePath.Contains($"/{name}/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Just after a start nobody has taken it on yet; that takes seconds at most.</summary>
    private async Task<Uri> AgentOf(string name, CancellationToken cancellation)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            var (nodes, _) = await runtime.Storage.Nodes.LoadNodeAgentStateAsync(cancellation);
            var agents = nodes
                .SelectMany(node => node.ActiveAgents)
                .Concat(runtime.Agents.AllRunningAgentUris());
            if (agents.FirstOrDefault(uri => IsOf(uri, name)) is { } agent)
            {
                return agent;
            }

            await Task.Delay(Wait, time, cancellation);
        }

        throw new InvalidOperationException($"No node runs {name}.");
    }

    private async Task<IReadOnlyList<Uri>> Paused(CancellationToken cancellation)
    {
        var (_, restrictions) = await runtime.Storage.Nodes.LoadNodeAgentStateAsync(cancellation);
        return [.. restrictions.FindPausedAgentUris()];
    }

    private async Task<Dictionary<string, (long Position, Instant? At)>> Moved(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select split_part(name, ':', 1), last_seq_id, last_updated from gateway.mt_event_progression where name like '%:All'"
        );
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var moved = new Dictionary<string, (long, Instant?)>();
        while (await rows.ReadAsync(cancellation))
        {
            moved[rows.GetString(0)] = (
                rows.IsDBNull(1) ? 0 : rows.GetInt64(1),
                rows.IsDBNull(2) ? null : Instant.FromDateTimeUtc(rows.GetDateTime(2))
            );
        }

        return moved;
    }

    private long? Pace(string name, long position)
    {
        var now = clock.GetCurrentInstant();
        lock (door)
        {
            var (formerly, at) = looked.GetValueOrDefault(name, (position, now));
            looked[name] = (position, now);
            var seconds = (now - at).TotalSeconds;
            return seconds > 0 ? (long)((position - formerly) / seconds) : null;
        }
    }

    private async Task Record(ReaderEvent fact, Origin origin, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession(SystemTenant.Name);
        var stream = DerivedId.Of("reader", fact.Reader);
        origin.SignOn(session.Events.Append(stream, fact).Events);
        await session.SaveChangesAsync(cancellation);
    }
}

using System.Security.Cryptography;
using System.Text;
using JasperFx.Events.Projections;
using Marten;
using Npgsql;

namespace Gateway.Api.Setup.Rebuild;

/// <summary>The rows of one view as they are stored.</summary>
/// <param name="Name">The projection that keeps it.</param>
/// <param name="Tables">Qualified names.</param>
/// <param name="Events">In the whole store.</param>
/// <param name="Behind">Events it had not taken in yet; a view that is written with its events never trails.</param>
public sealed record ViewRows(string Name, IReadOnlyList<string> Tables, long Events, long Behind)
{
    /// <summary>Every view that is stored, the same ones at every start.</summary>
    public static async Task<IReadOnlyList<ViewRows>> AllOf(DocumentStore store)
    {
        var shards = await store.Advanced.AllProjectionProgress();
        var events =
            shards.FirstOrDefault(shard => shard.ShardName == ShardState.HighWaterMark)?.Sequence ?? 0;
        return
        [
            .. store
                .Options.Projections.All.Where(view => view.Lifecycle != ProjectionLifecycle.Live)
                .OrderBy(view => view.Name, StringComparer.Ordinal)
                .Select(view => new ViewRows(
                    view.Name,
                    [.. view.PublishedTypes().Select(type => TableOf(store, type))],
                    events,
                    view.Lifecycle == ProjectionLifecycle.Async ? events - ReadBy(view.Name, shards) : 0
                )),
        ];
    }

    /// <summary>Whether a gateway has given a sign of life on this database in the last seconds.</summary>
    public static async Task<bool> AnybodyWorks(NpgsqlDataSource data)
    {
        await using var known = data.CreateCommand(
            "select to_regclass('gateway_messages.wolverine_nodes') is not null"
        );
        if (await known.ExecuteScalarAsync() is not true)
        {
            return false;
        }

        await using var live = data.CreateCommand(
            "select exists (select from gateway_messages.wolverine_nodes where health_check > now() - interval '10 seconds')"
        );
        return await live.ExecuteScalarAsync() is true;
    }

    /// <summary>How many rows there are, and the SHA-256 over all of them in the order of tenant and id.</summary>
    public async Task<string> Digest(NpgsqlDataSource data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        foreach (var table in Tables)
        {
            await using var command = data.CreateCommand(
                $"select tenant_id, id::text, data::text from {table} order by tenant_id collate \"C\", id::text collate \"C\""
            );
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows++;
                var row = $"{reader.GetString(0)}\n{reader.GetString(1)}\n{reader.GetString(2)}\n";
                hash.AppendData(Encoding.UTF8.GetBytes(row));
            }
        }

        return $"{Convert.ToHexStringLower(hash.GetHashAndReset())}  {rows:N0} rows";
    }

    private static long ReadBy(string view, IReadOnlyList<ShardState> shards) =>
        shards
            .Where(shard => shard.ShardName.StartsWith($"{view}:", StringComparison.Ordinal))
            .Max(shard => (long?)shard.Sequence)
            .GetValueOrDefault();

    private static string TableOf(DocumentStore store, Type view) =>
        ((IReadOnlyStoreOptions)store.Options).FindOrResolveDocumentType(view).TableName.QualifiedName;
}

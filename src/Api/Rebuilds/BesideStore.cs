using Gateway.Api.Setup;
using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using Weasel.Core;

namespace Gateway.Api.Rebuilds;

/// <summary>
/// A second set of the views' tables, in a schema of its own beside the one in use. Indexes are made when the rows are in;
/// what an earlier attempt left behind is thrown away.
/// </summary>
public sealed class BesideStore : IAsyncDisposable
{
    private const string Beside = "gateway_beside";
    private const string Gone = "gateway_gone";
    private const int RowsAtOnce = 5_000;

    private readonly DocumentStore store;
    private readonly NpgsqlDataSource database;
    private readonly List<string> indexes = [];

    private BesideStore(DocumentStore store, NpgsqlDataSource database) =>
        (this.store, this.database) = (store, database);

    /// <summary>Reads and writes the tables beside.</summary>
    public IDocumentStore Store => store;

    /// <summary>Makes the tables anew, empty.</summary>
    public static async Task<BesideStore> Open(NpgsqlDataSource database, CancellationToken stop)
    {
        await Run(
            database,
            $"drop schema if exists {Beside} cascade; drop schema if exists {Gone} cascade",
            stop
        );
        var store = DocumentStore.For(options =>
        {
            Setup.Store.Configure(options, Beside, o => o.Connection(database));
            // Its views are written here alone; their projections only say what the tables look like.
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        var beside = new BesideStore(store, database);
        foreach (var view in AllViews.New())
        {
            await store.Storage.Database.EnsureStorageExistsAsync(view.Document, stop);
        }

        await beside.SetIndexesAside(stop);
        return beside;
    }

    /// <summary>The table of a view, qualified; the one beside, or the one in use.</summary>
    public string TableOf(FoldedView view, bool inUse = false) =>
        $"{(inUse ? Setup.Store.Schema : Beside)}.{NameOf(view)}";

    /// <summary>Writes new rows by COPY.</summary>
    public Task Insert<T>(string tenant, IReadOnlyCollection<T> rows, CancellationToken stop)
        where T : class => Copy(tenant, rows, BulkInsertMode.InsertsOnly, stop);

    /// <summary>Writes rows that are there already.</summary>
    public Task Update<T>(string tenant, IReadOnlyCollection<T> rows, CancellationToken stop)
        where T : class => Copy(tenant, rows, BulkInsertMode.OverwriteExisting, stop);

    /// <summary>Takes rows away.</summary>
    public async Task Delete<T>(string tenant, Guid[] ids, CancellationToken stop)
        where T : class
    {
        if (ids.Length > 0)
        {
            var table = ((IReadOnlyStoreOptions)store.Options).FindOrResolveDocumentType(typeof(T)).TableName;
            await using var command = database.CreateCommand(
                $"delete from {table.QualifiedName} where tenant_id = $1 and id = any($2)"
            );
            command.Parameters.Add(new() { Value = tenant });
            command.Parameters.Add(new() { Value = ids });
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>Makes the indexes, and has the planner look at the tables.</summary>
    public async Task Index(CancellationToken stop)
    {
        foreach (var index in indexes)
        {
            await Run(database, index, stop);
        }

        foreach (var view in AllViews.New())
        {
            await Run(database, $"analyze {TableOf(view)}", stop);
        }

        indexes.Clear();
    }

    /// <summary>Puts tables in the place of those in use, within a transaction that holds both.</summary>
    public async Task Swap(NpgsqlConnection connection, IEnumerable<FoldedView> views, CancellationToken stop)
    {
        var moves = views.Select(view =>
            $"alter table {TableOf(view, true)} set schema {Gone}; alter table {TableOf(view)} set schema {Setup.Store.Schema};"
        );
        await using var command = new NpgsqlCommand(
            $"create schema if not exists {Gone}; {string.Concat(moves)}",
            connection
        );
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Throws away what stands beside: what was built, or what was replaced.</summary>
    public async ValueTask DisposeAsync()
    {
        await Run(
            database,
            $"drop schema if exists {Beside} cascade; drop schema if exists {Gone} cascade",
            CancellationToken.None
        );
        await store.DisposeAsync();
    }

    private string NameOf(FoldedView view) =>
        ((IReadOnlyStoreOptions)store.Options).FindOrResolveDocumentType(view.Document).TableName.Name;

    private async Task Copy<T>(
        string tenant,
        IReadOnlyCollection<T> rows,
        BulkInsertMode mode,
        CancellationToken stop
    )
        where T : class
    {
        if (rows.Count > 0)
        {
            await store.BulkInsertAsync(tenant, rows, mode, RowsAtOnce, cancellation: stop);
        }
    }

    /// <summary>All but the keys.</summary>
    private async Task SetIndexesAside(CancellationToken stop)
    {
        var names = new List<string>();
        await using (
            var command = database.CreateCommand(
                $"""
                select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
                join pg_class c on c.oid = i.indrelid
                where c.relnamespace = '{Beside}'::regnamespace and not i.indisprimary and not i.indisunique
                """
            )
        )
        {
            await using var rows = await command.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop))
            {
                names.Add(rows.GetString(0));
                indexes.Add(rows.GetString(1));
            }
        }

        foreach (var name in names)
        {
            await Run(database, $"drop index {name}", stop);
        }
    }

    private static async Task Run(NpgsqlDataSource database, string sql, CancellationToken stop)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(stop);
    }
}

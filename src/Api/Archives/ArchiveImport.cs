using Gateway.Api.Rebuilds;
using Gateway.Application;
using Gateway.Projections.History;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace Gateway.Api.Archives;

/// <summary>What an import brought.</summary>
/// <param name="Views">Each with its rows and the digest over them, as a rebuild gives it.</param>
public sealed record Imported(
    ArchiveHeader Archive,
    ArchiveSeal Seal,
    IReadOnlyList<(string Name, long Rows, string Digest)> Views
);

/// <summary>
/// Fills a store that has no fact yet from an archive, in one transaction: the facts, what is kept beside them, and every
/// view. Whatever is wrong, nothing is there afterwards.
/// </summary>
public sealed class ArchiveImport(IDocumentStore documents, NpgsqlDataSource database, EventForms forms)
{
    private readonly DocumentStore store = (DocumentStore)documents;

    /// <param name="kinds">Those that are taken.</param>
    /// <exception cref="ArchiveIsRefusedException">It can't be taken; the store is as it was.</exception>
    public async Task<Imported> Run(string path, IReadOnlyCollection<string> kinds, CancellationToken stop)
    {
        try
        {
            return await Take(path, kinds, stop);
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.DiskFull)
        {
            throw new ArchiveIsRefusedException("the disk of the database is full");
        }
        catch (PostgresException unfit) when (unfit.SqlState is ['2', '2' or '3', ..])
        {
            throw new ArchiveIsRefusedException($"it is damaged: {unfit.MessageText}");
        }
    }

    private async Task<Imported> Take(string path, IReadOnlyCollection<string> kinds, CancellationToken stop)
    {
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        foreach (var type in KeptDocuments.All.Values)
        {
            await store.Storage.Database.EnsureStorageExistsAsync(type, stop);
        }

        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var log = new ArrivingLog(store, connection, forms);
        await log.RefuseUnlessEmpty(stop);
        var (header, seal) = await log.TakeStreams(path, kinds, stop);
        var kept = await log.TakeFacts(path, stop);
        await log.Join(header, stop);

        var views = AllViews.New();
        await using var beside = await BesideStore.Open(database, stop);
        await Fold(views, beside, transaction, stop);
        await beside.Index(stop);
        var digests = new List<(string, long, string)>();
        await using (var second = await database.OpenConnectionAsync(stop))
        {
            foreach (var view in views)
            {
                var (rows, digest) = await Comparison.Digest(beside.TableOf(view), second, stop);
                digests.Add((view.Name, rows, digest));
            }
        }

        await Keep(kept, transaction, stop);
        await beside.Swap(connection, views, stop);
        await transaction.CommitAsync(stop);
        return new(header, seal, digests);
    }

    /// <summary>Builds every view from what has arrived, seen from within the transaction that nobody else sees yet.</summary>
    private async Task Fold(
        IReadOnlyList<FoldedView> views,
        BesideStore beside,
        NpgsqlTransaction transaction,
        CancellationToken stop
    )
    {
        await using var session = Within(transaction, SystemTenant.Name);
        var skipped = await ParkedEvents.Skipped(session, stop);
        var position = 0L;
        for (var page = await Page(); page.Count > 0; page = await Page())
        {
            position = page[^1].Sequence;
            foreach (var view in views)
            {
                var taken = page.Where(e => !AllViews.IsLeftOut(view, e.Sequence, skipped));
                await view.Take([.. taken], beside, stop);
            }
        }

        foreach (var view in views)
        {
            await view.Flush(beside, stop);
        }

        async Task<IReadOnlyList<IEvent>> Page()
        {
            try
            {
                return await LogPages.Read(session, position, long.MaxValue, skipped, stop);
            }
            catch (Exception unreadable)
                when (unreadable is not (NpgsqlException or OperationCanceledException))
            {
                throw new ArchiveIsRefusedException(
                    $"a fact behind position {position} can't be read: {unreadable.Message}"
                );
            }
        }
    }

    private async Task Keep(
        IReadOnlyList<KeptDocument> kept,
        NpgsqlTransaction transaction,
        CancellationToken stop
    )
    {
        foreach (var tenant in kept.GroupBy(document => document.Tenant))
        {
            await using var session = Within(transaction, tenant.Key);
            foreach (var document in tenant)
            {
                KeptDocuments.Store(session, document);
            }

            await session.SaveChangesAsync(stop);
        }
    }

    private IDocumentSession Within(NpgsqlTransaction transaction, string tenant)
    {
        var options = Marten.Services.SessionOptions.ForTransaction(transaction);
        options.TenantId = tenant;
        options.Tracking = DocumentTracking.None;
        return store.OpenSession(options);
    }
}

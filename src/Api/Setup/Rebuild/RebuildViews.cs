using JasperFx.Events.Daemon;
using Marten;
using Npgsql;

namespace Gateway.Api.Setup.Rebuild;

/// <summary>
/// Builds every view anew from the events, one after the other, and shows that the same rows come out. For a gateway
/// that is stopped: a running one would go on writing into the views.
/// </summary>
public static class RebuildViews
{
    private const int Stopped = 5;
    private const int Different = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>The exit code: 0 when every view that was up to date came out the same.</summary>
    public static async Task<int> Run(IServiceProvider services, Database database, TextWriter screen)
    {
        var data = services.GetRequiredService<NpgsqlDataSource>();
        if (database.IsBorrowed || await ViewRows.AnybodyWorks(data))
        {
            await screen.WriteLineAsync("A gateway works on this database. Stop it first, then rebuild.");
            return Stopped;
        }

        var store = (DocumentStore)services.GetRequiredService<IDocumentStore>();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.PrepareForRebuildsAsync();
        await screen.WriteLineAsync($"Database: {database.Description}");
        var allAreSame = true;
        foreach (var view in await ViewRows.AllOf(store))
        {
            await screen.WriteLineAsync($"\n{view.Name}");
            allAreSame &= await Rebuild(view, daemon, data, screen);
        }

        return allAreSame ? 0 : Different;
    }

    private static async Task<bool> Rebuild(
        ViewRows view,
        IProjectionDaemon daemon,
        NpgsqlDataSource data,
        TextWriter screen
    )
    {
        var before = await view.Digest(data);
        await screen.WriteLineAsync($"  before  {before}");
        var progress = new RebuildProgress(view.Events, screen);
        using (daemon.Tracker.Subscribe(progress))
        {
            await daemon.RebuildProjectionAsync(view.Name, Patience, CancellationToken.None);
        }

        progress.Done();
        var after = await view.Digest(data);
        await screen.WriteLineAsync($"  after   {after}");
        await screen.WriteLineAsync(
            (before == after, view.Behind) switch
            {
                (true, _) => "  the same",
                (false, > 0) => $"  differs, as it was {view.Behind} events behind before",
                _ => "  DIFFERS: the view had not said what the events say",
            }
        );
        return before == after || view.Behind > 0;
    }
}

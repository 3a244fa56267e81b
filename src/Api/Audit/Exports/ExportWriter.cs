using System.Data.Common;
using System.Threading.Channels;
using Gateway.Api.Setup;
using Gateway.Api.Setup.Log;
using Gateway.Application;
using Gateway.Application.Audit;
using Gateway.Domain.Audit;
using NodaTime;

namespace Gateway.Api.Audit.Exports;

/// <summary>
/// Writes what was asked for, one export after the other, and takes away what was kept long enough. It begins with what an
/// earlier run left unfinished; a file is always written from its beginning.
/// </summary>
public sealed partial class ExportWriter(
    ExportStreams exports,
    ExportFolder folder,
    ExportPages pages,
    Turns turns,
    IClock clock,
    TimeProvider time,
    ILogger<ExportWriter> logger
) : BackgroundService
{
    private static readonly Origin Self = Origin.System("exports");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private volatile Writing? current;

    /// <summary>There may be something to write.</summary>
    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>How far it has come; null for one that isn't being written here.</summary>
    public ExportProgress? ProgressOf(Guid id) => current is { } now && now.Id == id ? now.Progress : null;

    /// <summary>It is not wanted any more: stops writing it, and takes away what there is.</summary>
    public void Forget(Guid id, string format)
    {
        if (current is { } now && now.Id == id)
        {
            now.IsStopped = true;
        }

        folder.Delete(id, format);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var pause = Pause;
            try
            {
                await using var turn = await turns.Take("gateway.exports", stoppingToken);
                if (turn is not null && await Round(turn, stoppingToken))
                {
                    pause = Soon;
                }
            }
            catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away; what is unfinished is taken up again.
                LogLater(logger, broken);
            }

            using var patience = new CancellationTokenSource(pause, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
            try
            {
                await bell.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // Nobody rang; another node may have been asked, or have left something.
            }
        }
    }

    /// <summary>Whether some still have to wait for the log, or for the views; they hold up no others.</summary>
    private async Task<bool> Round(Turn turn, CancellationToken stop)
    {
        var open = await exports.Open(stop);
        while (await Next(open, stop) is { } next)
        {
            await Write(next, turn, stop);
            open = await exports.Open(stop);
        }

        var now = clock.GetCurrentInstant();
        foreach (var done in open.Where(o => Export.Expire(o.Export, folder.Kept, now).IsChange))
        {
            await Decide(done, export => Export.Expire(export, folder.Kept, now), stop);
            folder.Delete(done.Id, done.Export.Asked.Format);
        }

        folder.Sweep(open.Select(o => o.Id).ToHashSet(), now);
        return open.Any(o => o.Export.Status == ExportStatus.Running);
    }

    private async Task<OpenExport?> Next(IReadOnlyList<OpenExport> open, CancellationToken stop)
    {
        foreach (var running in open.Where(o => o.Export.Status == ExportStatus.Running))
        {
            if (await pages.IsSettled(running.Export.Asked, stop))
            {
                return running;
            }
        }

        return null;
    }

    private async Task Write(OpenExport export, Turn turn, CancellationToken stop)
    {
        var asked = export.Export.Asked;
        var writing = new Writing(export.Id, asked.After);
        current = writing;
        try
        {
            var finished = await Write(export, turn, writing, stop);
            finished = finished with { At = clock.GetCurrentInstant() };
            if (!(await Decide(export, x => Export.Finish(x, finished), stop)).IsChange)
            {
                // It was called off meanwhile.
                folder.Delete(export.Id, asked.Format);
            }

            LogWritten(logger, export.Id, finished.Facts, finished.Bytes);
        }
        catch (Exception) when (writing.IsStopped)
        {
            folder.Delete(export.Id, asked.Format);
        }
        catch (Exception broken) when (!IsOfTheDatabase(broken) && !stop.IsCancellationRequested)
        {
            LogFailed(logger, export.Id, broken);
            var reason = (broken as ExportFileException)?.Reason ?? "gateway_is_broken";
            Discard(export);
            await Decide(export, x => Export.Fail(x, reason, clock.GetCurrentInstant()), stop);
        }
        finally
        {
            current = null;
        }
    }

    private async Task<ExportFinished> Write(
        OpenExport export,
        Turn turn,
        Writing writing,
        CancellationToken stop
    )
    {
        var asked = export.Export.Asked;
        using var file = ExportFile.Create(folder.PathOf(export.Id, asked.Format));
        var finished = await pages.Write(file, export.Tenant, asked, writing.Reached, stop);
        // Who lost its turn must not put its file in the place of another's.
        await turn.Hold(stop);
        file.Complete();
        return finished;
    }

    private Task<Domain.Decision> Decide(
        OpenExport export,
        Func<Export?, Domain.Decision> decide,
        CancellationToken stop
    ) => exports.Decide(export.Tenant, export.Id, Self, decide, stop);

    /// <summary>A folder that nothing can be written to may not let anything be taken away either.</summary>
    private void Discard(OpenExport export)
    {
        try
        {
            folder.Delete(export.Id, export.Export.Asked.Format);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            LogLeft(logger, export.Id, broken);
        }
    }

    /// <summary>Such a fault passes, and the export is written from its beginning again.</summary>
    private static bool IsOfTheDatabase(Exception? broken) =>
        broken is not null
        && (
            broken is DbException or TimeoutException or OperationCanceledException
            || IsOfTheDatabase(broken.InnerException)
        );

    /// <summary>What is being written.</summary>
    private sealed class Writing(Guid id, long after)
    {
        private volatile ExportProgress progress = new(0, after, 0);
        private volatile bool isStopped;

        public Guid Id => id;
        public ExportProgress Progress => progress;

        public bool IsStopped
        {
            get => isStopped;
            set => isStopped = value;
        }

        /// <summary>After each page, which takes moments: soon enough to be called off.</summary>
        public void Reached(ExportProgress now)
        {
            progress = now;
            if (isStopped)
            {
                throw new OperationCanceledException();
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Export {ExportId} is written: {Facts} facts, {Bytes} octets")]
    private static partial void LogWritten(ILogger logger, Guid exportId, long facts, long bytes);

    [LoggerMessage(LogLevel.Error, "Export {ExportId} failed")]
    private static partial void LogFailed(ILogger logger, Guid exportId, Exception broken);

    [LoggerMessage(LogLevel.Error, "What there is of export {ExportId} can't be taken away")]
    private static partial void LogLeft(ILogger logger, Guid exportId, Exception broken);

    [LoggerMessage(LogLevel.Warning, "Exports could not be looked after; it is tried again")]
    private static partial void LogLater(ILogger logger, Exception broken);
}

using System.Runtime.CompilerServices;

namespace Gateway.DeviceAgent.Modem.At.Inbox;

/// <summary>
/// Fetches what came in: at the start, whenever the modem tells, and every minute besides, because modems forget to
/// tell (3GPP TS 27.005, 3.4).
/// </summary>
public sealed class AtWatch(AtDialogue dialogue, MessageStores stores, AtInbox inbox, TimeProvider time)
{
    public const int SweepSeconds = 60;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(SweepSeconds);

    /// <summary>A report store is small, a write to disk takes milliseconds: this is long enough and short enough.</summary>
    private static readonly TimeSpan ReportsSettle = TimeSpan.FromSeconds(5);

    /// <summary>Runs until the port is gone; gives the states of the SIM that the modem told of.</summary>
    public async IAsyncEnumerable<string> Run([EnumeratorCancellation] CancellationToken stop)
    {
        var swept = await Sweep(stop);
        for (Task<bool>? more = null; ; )
        {
            more ??= dialogue.Notices.WaitToReadAsync(stop).AsTask();
            var told = await Told(more, stop);
            if (told is false)
            {
                yield break;
            }

            more = told is null ? more : null;
            while (dialogue.Notices.TryRead(out var notice))
            {
                if (await Take(notice, stop) is { } state)
                {
                    yield return state;
                }
            }

            await DeleteReports(stop);
            swept = time.GetElapsedTime(swept) >= SweepEvery ? await Sweep(stop) : swept;
        }
    }

    /// <summary>Null when nothing was told in time.</summary>
    private async Task<bool?> Told(Task<bool> more, CancellationToken stop)
    {
        try
        {
            return await more.WaitAsync(ReportsSettle, time, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task DeleteReports(CancellationToken stop)
    {
        foreach (var stored in inbox.TakeSettled(ReportsSettle))
        {
            await stores.Delete(stored, stop);
        }
    }

    /// <returns>When it was done, as the time provider counts.</returns>
    private async Task<long> Sweep(CancellationToken stop)
    {
        string?[] all = [stores.Inbox, stores.Reports];
        foreach (var store in all.OfType<string>())
        {
            foreach (var stored in await stores.List(store, stop))
            {
                inbox.Take(stored);
            }
        }

        inbox.TakeOverdue();
        return time.GetTimestamp();
    }

    /// <returns>The state of the SIM, when that is what was told.</returns>
    private async Task<string?> Take(Notice notice, CancellationToken stop)
    {
        var fields = AtFields.Of(notice.Line);
        if (notice.Body is { } pdu)
        {
            inbox.Take(new(pdu, null));
        }
        else if (IsPlace(notice.Line) && AtFields.Number(fields, 1) is { } index)
        {
            if (await stores.Read(new(fields[0], index), stop) is { } stored)
            {
                inbox.Take(stored);
            }
        }
        else if (notice.Line.StartsWith("+CPIN:", StringComparison.Ordinal))
        {
            return AtHealth.StateOf(fields[0]);
        }

        return null;
    }

    private static bool IsPlace(string line) =>
        line.StartsWith("+CMTI:", StringComparison.Ordinal)
        || line.StartsWith("+CDSI:", StringComparison.Ordinal);
}

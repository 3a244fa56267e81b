using Gateway.Projections.History;

namespace Gateway.Api.History;

/// <summary>Tells those who have read everything when there is more. One looks for all of them, and only while somebody waits.</summary>
public sealed class LogMark(FactLog log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lock door = new();
    private Task<long>? looking;
    private long last;

    /// <summary>Waits until the log is complete beyond a position; answers up to where.</summary>
    public async Task<long> Beyond(long position, CancellationToken cancellation)
    {
        while (Volatile.Read(ref last) <= position)
        {
            await Next().WaitAsync(cancellation);
        }

        return Volatile.Read(ref last);
    }

    private Task<long> Next()
    {
        lock (door)
        {
            return looking is { IsCompleted: false } ? looking : looking = Look();
        }
    }

    private async Task<long> Look()
    {
        await Task.Delay(Pause, time);
        var mark = await log.Mark(CancellationToken.None);
        Volatile.Write(ref last, mark);
        return mark;
    }
}

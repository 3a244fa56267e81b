using System.Threading.Channels;

namespace Gateway.Application;

/// <summary>
/// Gathers what arrives at the same time and hands it on in batches. While one batch is being worked on the next one
/// fills, and after a batch of several that was worked off quickly it fills a little longer: a lone item never waits, and a
/// crowd shares the cost.
/// </summary>
/// <param name="most">Items in a batch, at most.</param>
/// <param name="work">Must answer every item itself; an exception that escapes ends the gathering.</param>
public sealed class Gather<T>(int most, TimeProvider time, Func<IReadOnlyList<T>, Task> work)
{
    /// <summary>From the beginning of one batch to that of the next, in milliseconds.</summary>
    private const int LongestPace = 15;

    private readonly Channel<T> waiting = Channel.CreateUnbounded<T>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    /// <summary>Adds an item to the batch that fills; false after <see cref="Complete"/>.</summary>
    public bool Add(T item) => waiting.Writer.TryWrite(item);

    /// <summary>Takes nothing more; <see cref="Run"/> ends when all is worked off.</summary>
    public void Complete() => waiting.Writer.TryComplete();

    /// <summary>Works until completed, one batch at a time, in order.</summary>
    public async Task Run()
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            var began = time.GetTimestamp();
            var batch = new List<T>();
            while (batch.Count < most && waiting.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }

            await work(batch);
            if (batch.Count > 1 && batch.Count < most)
            {
                await Task.Delay(Rest(time.GetElapsedTime(began)), time);
            }
        }
    }

    /// <summary>As long as the batch took, within the pace.</summary>
    private static TimeSpan Rest(TimeSpan took) =>
        TimeSpan.FromMilliseconds(
            Math.Max(0, Math.Min(took.TotalMilliseconds, LongestPace - took.TotalMilliseconds))
        );
}

using System.Threading.Channels;

namespace Gateway.Application;

/// <summary>
/// Gathers what arrives at the same time and hands it on in batches. While one batch is being worked on the next one
/// fills, so a lone item never waits and a crowd shares the cost.
/// </summary>
/// <param name="most">Items in a batch, at most.</param>
/// <param name="lanes">Batches under way at once; 1 keeps the order.</param>
/// <param name="work">Must answer every item itself; an exception that escapes ends the gathering.</param>
public sealed class Gather<T>(int most, int lanes, Func<IReadOnlyList<T>, Task> work)
{
    private readonly Channel<T> waiting = Channel.CreateUnbounded<T>(
        new UnboundedChannelOptions { SingleReader = lanes == 1 }
    );

    /// <summary>Adds an item to the batch that fills; false after <see cref="Complete"/>.</summary>
    public bool Add(T item) => waiting.Writer.TryWrite(item);

    /// <summary>Takes nothing more; <see cref="Run"/> ends when all is worked off.</summary>
    public void Complete() => waiting.Writer.TryComplete();

    /// <summary>Works until completed.</summary>
    public Task Run() => Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => Lane()));

    private async Task Lane()
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<T>();
            while (batch.Count < most && waiting.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }

            if (batch.Count > 0)
            {
                await work(batch);
            }
        }
    }
}

using Gateway.Client.Wire;

namespace Gateway.Client.History;

/// <summary>A list that is fetched page after page while it is read.</summary>
public sealed class Listing<T> : IAsyncEnumerable<T>
{
    private readonly Func<string?, CancellationToken, Task<Then<Page<T>>>> fetch;
    private readonly CancellationToken whole;

    internal Listing(
        Func<string?, CancellationToken, Task<Then<Page<T>>>> fetch,
        CancellationToken cancellation
    ) => (this.fetch, whole) = (fetch, cancellation);

    /// <summary>The position of the log that it rests on; null before the first page is here, and for a list of now.</summary>
    public long? Position { get; private set; }

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(whole, cancellationToken);
        string? cursor = null;
        do
        {
            var page = await fetch(cursor, either.Token);
            Position = page.Position;
            foreach (var item in page.Item.Items)
            {
                yield return item;
            }

            cursor = page.Item.Next;
        } while (cursor is not null);
    }
}

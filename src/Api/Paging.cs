using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Gateway.Api;

/// <summary>One page of a list, and where the next begins.</summary>
/// <param name="Next">The <c>cursor</c> of the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Keyset cursors: a position in the store, opaque to the caller.</summary>
public static class Paging
{
    /// <summary>Items on a page when nothing is said.</summary>
    public const int Usual = 50;

    /// <summary>Items on a page at most.</summary>
    public const int Most = 500;

    /// <summary>The size that was asked for, within the bounds.</summary>
    public static int Size(int? limit) => Math.Clamp(limit ?? Usual, 1, Most);

    /// <summary>The cursor that stands for a position.</summary>
    public static string Cursor(long position) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(position.ToString(CultureInfo.InvariantCulture)));

    /// <summary>False for what was never a cursor of ours. No cursor is no position.</summary>
    public static bool TryRead(string? cursor, out long? position)
    {
        position = null;
        if (string.IsNullOrEmpty(cursor))
        {
            return true;
        }

        var bytes = new byte[32];
        var isOurs =
            cursor.Length <= 32
            && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && long.TryParse(
                bytes.AsSpan(0, length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var value
            )
            && (position = value) >= 0;
        return isOurs;
    }

    /// <summary>The answer to a cursor that isn't one.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult BadCursor() =>
        Problems.Malformed("cursor-is-invalid", "The cursor didn't come from an earlier page of this list.");

    /// <summary>Cuts a page out of one item more than fits.</summary>
    public static Page<TOut> Of<TIn, TOut>(
        IReadOnlyList<TIn> items,
        int size,
        Func<TIn, long> position,
        Func<TIn, TOut> show
    ) =>
        new(
            [.. items.Take(size).Select(show)],
            items.Count > size ? Cursor(position(items[size - 1])) : null
        );

    /// <summary>A page that knows where the next begins.</summary>
    public static Page<TOut> Of<TIn, TOut>(
        (IReadOnlyList<TIn> Items, long? Next) page,
        Func<TIn, TOut> show
    ) => new([.. page.Items.Select(show)], page.Next is { } next ? Cursor(next) : null);
}

using CsCheck;
using Gateway.Api;

namespace Gateway.Specs;

public class PagingSpecs
{
    [Fact]
    public void A_cursor_stands_for_its_position() =>
        Gen.Long[0, long.MaxValue]
            .Sample(position => Paging.TryRead(Paging.Cursor(position), out var read) && read == position);

    [Fact]
    public void No_cursor_is_no_position()
    {
        Assert.True(Paging.TryRead(null, out var none));
        Assert.Null(none);
        Assert.True(Paging.TryRead("", out none));
        Assert.Null(none);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("aGVsbG8")]
    [InlineData("LTE")]
    [InlineData("KzE")]
    [InlineData("IDE")]
    [InlineData("MS41")]
    [InlineData("MWUz")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTk")]
    [InlineData("MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw")]
    [InlineData("👋")]
    [InlineData(" ")]
    public void What_was_never_a_cursor_is_refused(string cursor) =>
        Assert.False(Paging.TryRead(cursor, out _));

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.String.Sample(text => !Paging.TryRead(text, out var position) || position is null or >= 0);

    [Fact]
    public void Size_stays_within_its_bounds()
    {
        Assert.Equal(Paging.Usual, Paging.Size(null));
        Assert.Equal(1, Paging.Size(-7));
        Assert.Equal(Paging.Most, Paging.Size(int.MaxValue));
    }

    [Fact]
    public void A_page_ends_at_its_last_item_and_says_where_the_next_begins()
    {
        long[] items = [10, 9, 8];

        var page = Paging.Of(items, 2, item => item, item => item);
        Assert.Equal([10, 9], page.Items);
        Assert.Equal(Paging.Cursor(9), page.Next);
        Assert.Null(Paging.Of(items, 3, item => item, item => item).Next);
        Assert.Null(Paging.Of<long, long>([], 3, item => item, item => item).Next);
    }
}

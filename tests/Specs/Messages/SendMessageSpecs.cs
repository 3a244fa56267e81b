using System.Text.Json;
using Gateway.Application;
using Gateway.Application.Messages;
using Gateway.Domain.Conversations;
using Gateway.Domain.Messages;
using NodaTime;
using static Gateway.Specs.Messages.Story;

namespace Gateway.Specs.Messages;

public class SendMessageSpecs
{
    private static readonly SendMessage Hello = new("+447700900123", "Hello");

    [Fact]
    public void What_is_left_out_gets_its_usual_value()
    {
        var order = Hello.ToOrder("GB", Noon);

        Assert.Equal(Queued with { Tags = order.Tags }, order);
        Assert.Empty(order.Tags);
    }

    [Fact]
    public void A_number_as_dialled_at_home_becomes_E164() =>
        Assert.Equal(Alice, (Hello with { To = "07700 900123" }).ToOrder("GB", Noon).To);

    [Fact]
    public void A_named_line_makes_the_conversation_known()
    {
        var order = (Hello with { From = Line }).ToOrder("GB", Noon);

        Assert.Equal(Line, order.From?.Value);
        Assert.Equal(Conversation.IdBetween(Line, Alice.Value), order.ConversationId);
    }

    [Fact]
    public void Validity_counts_from_the_time_it_is_to_be_sent()
    {
        var order = (Hello with { SendAt = Evening, ValidFor = 60 }).ToOrder("GB", Noon);

        Assert.Equal(Evening, order.SendAt);
        Assert.Equal(Evening + Duration.FromSeconds(60), order.ExpiresAt);
    }

    [Fact]
    public void A_time_that_has_passed_means_now()
    {
        var order = (Hello with { SendAt = Noon, ValidFor = 60 }).ToOrder("GB", Evening);

        Assert.Null(order.SendAt);
        Assert.Equal(Evening + Duration.FromSeconds(60), order.ExpiresAt);
    }

    [Fact]
    public void The_same_command_repeated_later_is_the_same_order()
    {
        var scheduled = Hello with { SendAt = Evening, ValidFor = 3_600, Tags = ["greeting"] };
        var known = Known(scheduled.ToOrder("GB", Noon));

        foreach (var later in new[] { Soon, Evening, Tomorrow })
        {
            var decision = Message.Queue(known, scheduled.ToOrder("GB", later));
            Assert.Null(decision.Rejection);
            Assert.False(decision.IsChange);
        }
    }

    [Fact]
    public void Metadata_is_kept_as_it_was_written()
    {
        using var metadata = JsonDocument.Parse("""{ "b": 1.50, "a": "x" }""");

        Assert.Equal(
            """{ "b": 1.50, "a": "x" }""",
            (Hello with { Metadata = metadata.RootElement }).ToOrder("GB", Noon).Metadata
        );
    }

    [Fact]
    public void A_text_beyond_GSM_7_bit_is_counted_in_UCS_2()
    {
        var order = (Hello with { Text = new string('щ', 71) }).ToOrder("GB", Noon);

        Assert.Equal(("ucs2", 2), (order.Alphabet, order.Segments));
    }

    [Theory]
    [InlineData("+447700900123", "+447700900123")]
    [InlineData("07700 900123", "+447700900123")]
    [InlineData("(07700) 900-123", "+447700900123")]
    [InlineData("0044 7700 900123", "+447700900123")]
    [InlineData("+1 202-555-0123", "+12025550123")]
    public void A_number_is_read_as_a_person_writes_it(string text, string e164)
    {
        Assert.True(Validation.TryReadNumber(text, "GB", out var number));
        Assert.Equal(e164, number.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("12")]
    [InlineData("+0447700900123")]
    [InlineData("+4477009001234567890")]
    [InlineData("+44 7700 900123 and a long story that goes on")]
    public void What_is_no_number_is_not_read(string? text) =>
        Assert.False(Validation.TryReadNumber(text, "GB", out _));
}

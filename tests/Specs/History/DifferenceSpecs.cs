using System.Text.Json.Nodes;
using Gateway.Api.History;

namespace Gateway.Specs.History;

public class DifferenceSpecs
{
    [Fact]
    public void What_is_equal_is_not_told() =>
        Assert.Empty(Between("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1}"""));

    [Fact]
    public void A_value_that_changed_is_told_with_both() =>
        Assert.Equal(["/status queued sent"], Between("""{"status":"queued"}""", """{"status":"sent"}"""));

    [Fact]
    public void What_came_had_nothing_before_and_what_went_has_nothing_after() =>
        Assert.Equal(["/a 1 ", "/b  2"], Between("""{"a":1}""", """{"b":2}"""));

    [Fact]
    public void A_list_is_compared_place_by_place() =>
        Assert.Equal(
            ["/tags/1 b c", "/tags/2  d"],
            Between("""{"tags":["a","b"]}""", """{"tags":["a","c","d"]}""")
        );

    [Fact]
    public void A_name_is_escaped_as_a_pointer_wants_it() =>
        Assert.Equal(["/a~1b~0 1 2"], Between("""{"a/b~":1}""", """{"a/b~":2}"""));

    private static IEnumerable<string> Between(string before, string after) =>
        Differences
            .Of("", JsonNode.Parse(before), JsonNode.Parse(after))
            .Select(change => $"{change.Path} {change.Before} {change.After}");
}

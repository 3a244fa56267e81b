using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary><c>--as-of</c> and <c>--happened-by</c>: shows what was known of the past instead of how it is.</summary>
public sealed class PointOfView
{
    private readonly Option<Moment?> asOf;
    private readonly Option<DateTimeOffset?> happenedBy;

    private PointOfView(Surroundings here)
    {
        asOf = Given.Moment(
            here,
            "--as-of",
            "As it was known then: a moment, a position, or before: and the id of a fact."
        );
        happenedBy = Given.Past(here, "--happened-by", "Only what had happened by then.");
    }

    /// <summary>Gives a command the two options.</summary>
    public static PointOfView Of(Command command, Runner runner)
    {
        var view = new PointOfView(runner.Here);
        command.Add(view.asOf);
        command.Add(view.happenedBy);
        return view;
    }

    /// <summary>Whether one of them was said.</summary>
    public bool IsGiven(CommandResult given) =>
        given.GetResult(asOf) is not null || given.GetResult(happenedBy) is not null;

    /// <summary>Shows one answer, or a short list.</summary>
    public async Task Show<T>(Call call, Func<Past, Task<Then<T>>> read, Action<T> show)
    {
        var answer = await read(Past(call));
        show(answer.Item);
        Say(call, answer.Position);
    }

    /// <summary>Shows a long list.</summary>
    public async Task Show<T>(Call call, Func<Past, Listing<T>> read, int? most, Sheet<T> sheet)
    {
        var list = read(Past(call));
        await call.Output.Show(list, most, sheet);
        Say(call, list.Position);
    }

    /// <summary>Empty for now.</summary>
    private Past Past(Call call) => new(call.Get(asOf), call.Get(happenedBy));

    private static void Say(Call call, long? position)
    {
        if (position is { } known)
        {
            call.Output.Hint($"As of position {Words.Of(known)}.");
        }
    }
}

using System.CommandLine;

namespace Gateway.Cli.Running;

/// <summary>How much of a long list is wanted.</summary>
public sealed class HowMany
{
    /// <summary>The gateway gives no more at once.</summary>
    private const int MostOnAPage = 500;

    private const int Usual = 50;

    private readonly Option<long?> limit = Given.Number(
        "--limit",
        "N",
        "How many at most; 50 when left out.",
        least: 1,
        most: int.MaxValue - 1
    );

    private readonly Option<bool> all = new("--all") { Description = "All there are." };

    /// <summary>Gives a command the two options.</summary>
    public static HowMany Of(Command command)
    {
        var many = new HowMany();
        command.Add(many.limit);
        command.Add(many.all);
        return many;
    }

    /// <summary>Null for all.</summary>
    public int? Most(Call call) => call.Get(all) ? null : (int)(call.Get(limit) ?? Usual);

    /// <summary>One more than is wanted, to know whether there is more.</summary>
    public int PageSize(Call call) => Math.Min(Most(call) + 1 ?? MostOnAPage, MostOnAPage);
}

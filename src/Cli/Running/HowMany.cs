using System.CommandLine;

namespace Gateway.Cli.Running;

/// <summary>How much of a long list is wanted.</summary>
public sealed class HowMany
{
    /// <summary>The gateway gives no more at once.</summary>
    private const int MostOnAPage = 500;

    private readonly Option<int> limit = new("--limit")
    {
        Description = "How many at most; 50 when left out.",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
    };

    private readonly Option<bool> all = new("--all") { Description = "All there are." };

    private HowMany() =>
        limit.Validators.Add(given =>
        {
            if (given.Tokens is [var number] && (!int.TryParse(number.Value, out var n) || n < 1))
            {
                given.AddError($"'{number.Value}' is not how many; write a number from 1.");
            }
        });

    /// <summary>Gives a command the two options.</summary>
    public static HowMany Of(Command command)
    {
        var many = new HowMany();
        command.Add(many.limit);
        command.Add(many.all);
        return many;
    }

    /// <summary>Null for all.</summary>
    public int? Most(Call call) => call.Get(all) ? null : call.Get(limit);

    /// <summary>One more than is wanted, to know whether there is more.</summary>
    public int PageSize(Call call) => Math.Min(Most(call) + 1 ?? MostOnAPage, MostOnAPage);
}

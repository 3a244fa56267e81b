using System.Text.RegularExpressions;

namespace Gateway.Specs.Architecture;

/// <summary>What this house has agreed on and a reader should be able to rely on.</summary>
public partial class HouseSpecs
{
    private const int MostSourceLines = 250;
    private const int MostTestLines = 350;
    private const int MostFilesInFolder = 15;

    /// <summary>One word per feature, the same in every layer. A new feature adds its word here.</summary>
    private static readonly HashSet<string> Features =
    [
        "Access",
        "Archives",
        "Audit",
        "Broadcasts",
        "Consent",
        "Conversations",
        "Devices",
        "Erasure",
        "History",
        "Messages",
        "Pools",
        "Rebuilds",
        "Replays",
        "Rules",
        "Schedules",
        "Telephony",
        "Templates",
        "Users",
        "Webhooks",
    ];

    private static readonly string[] Layers = ["Domain", "Application", "Projections", "Api"];
    private static readonly string[] Pure = ["src/Domain", "src/Application", "src/Projections"];

    private static IEnumerable<string> Everything =>
        Repository.Sources("src").Concat(Repository.Sources("tests"));

    [Fact]
    public void Every_folder_of_a_layer_is_a_feature() =>
        Assert.Empty(
            Layers
                .SelectMany(layer => Repository.Sources($"src/{layer}"))
                .Select(file => file.Split('/'))
                .Where(path => path.Length > 3 && !Features.Contains(path[2]))
                .Select(path => string.Join('/', path[..3]))
                .Distinct()
                .Except(["src/Api/Setup"])
        );

    [Fact]
    public void No_folder_is_a_place_where_words_go_to_be_lost() =>
        Assert.DoesNotContain(Everything, file => file.Split('/')[..^1].Any(LostWord().IsMatch));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Assert.Empty(
            Everything.SelectMany(file =>
                EmptyName().Matches(Repository.Read(file)).Select(name => (file, name.Value))
            )
        );

    [Fact]
    public void Only_the_programs_know_the_time_and_draw_lots() =>
        Assert.Empty(
            Pure.SelectMany(Repository.Sources)
                .SelectMany(file =>
                    Chance().Matches(Repository.Read(file)).Select(found => (file, found.Value))
                )
        );

    [Fact]
    public void History_is_never_rewritten() =>
        Assert.Empty(
            Repository
                .Sources("src")
                .SelectMany(file =>
                    Rewriting().Matches(Repository.Read(file)).Select(found => (file, found.Value))
                )
        );

    [Fact]
    public void A_file_fits_in_a_head() =>
        Assert.DoesNotContain(
            Everything.Select(file => (File: file, Lines: Repository.Read(file).Count(c => c == '\n'))),
            file =>
                file.Lines
                > (file.File.StartsWith("src/", StringComparison.Ordinal) ? MostSourceLines : MostTestLines)
        );

    [Fact]
    public void A_folder_fits_on_a_screen() =>
        Assert.Empty(
            Everything
                .GroupBy(file => Path.GetDirectoryName(file)!)
                .Where(folder => folder.Count() > MostFilesInFolder)
                .Select(folder => $"{folder.Key}: {folder.Count()}")
        );

    [Fact]
    public void A_public_type_says_what_it_is() =>
        Assert.DoesNotContain(
            Pure.SelectMany(Repository.Sources)
                .Where(file => !file.EndsWith("Rejections.cs", StringComparison.Ordinal))
                .SelectMany(file =>
                    Undocumented().Matches(Repository.Read(file)).Select(type => (file, type.Value))
                ),
            found => !found.Value.EndsWith("Handler", StringComparison.Ordinal)
        );

    [GeneratedRegex(
        "^(Common|Shared|Core|Infrastructure|SeedWork|Extensions|Services|Commands|Validators|Dtos|Models|Helpers|Utils)$"
    )]
    private static partial Regex LostWord();

    [GeneratedRegex(
        @"\b(class|record|struct|interface|enum) \w*(Manager|Helper|Helpers|Util|Utils|Processor|Engine|Wrapper|Base|Impl|Data|Info|Dto)\b"
    )]
    private static partial Regex EmptyName();

    [GeneratedRegex(
        @"\b(DateTime|DateTimeOffset)\.(Utc)?(Now|Today)\b|\bGuid\.(NewGuid|CreateVersion7)\b|\bnew Random\b|\bRandom\.Shared\b|\bSystemClock\.Instance\b|\bTimeProvider\.System\b"
    )]
    private static partial Regex Chance();

    [GeneratedRegex(
        @"\b(AddMaskingRuleForProtectedInformation|ApplyEventDataMasking|Compact(Stream|StreamAsync)|OverwriteEvent|ArchiveStream|UnArchiveStream|UseArchivedStreamPartitioning|CleanAllTombstone\w*|DeleteAllTombstone\w*|DeleteAllEventData\w*|TombstoneStream\w*)\b"
    )]
    private static partial Regex Rewriting();

    [GeneratedRegex(
        @"(?<!/// .*\n|\]\n)^public (static |sealed |abstract |readonly |partial )*(class|record|record struct|enum|interface) \w+",
        RegexOptions.Multiline
    )]
    private static partial Regex Undocumented();
}

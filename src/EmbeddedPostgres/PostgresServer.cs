using Gateway.EmbeddedPostgres.Account;
using Gateway.EmbeddedPostgres.Cluster;

namespace Gateway.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL server for this gateway. It is started first and disposed last, around the host; disposing
/// stops it when this process is its owner.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTurn = TimeSpan.FromSeconds(30);

    private readonly EmbeddedPostgresOptions options;
    private readonly ClusterFolder folder;
    private readonly ServerControl control;
    private readonly ServerConnection connection;
    private FileStream? ownerLock;

    private PostgresServer(
        EmbeddedPostgresOptions options,
        ClusterFolder folder,
        ServerControl control,
        ServerConnection connection,
        FileStream? ownerLock
    )
    {
        (this.options, this.folder, this.control) = (options, folder, control);
        (this.connection, this.ownerLock) = (connection, ownerLock);
        IsOwner = ownerLock is not null;
    }

    /// <summary>For role <c>app</c> and the database of the options; holds the password.</summary>
    public string ConnectionString => connection.Text;

    /// <summary>The cluster's major version, such as 17.</summary>
    public required int Major { get; init; }

    /// <summary>The running server's version, such as <c>17.10</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Where the binaries come from: <c>configured</c>, <c>cache</c>, <c>system</c> or <c>downloaded</c>.</summary>
    public required string BinarySource { get; init; }

    /// <summary>Whether disposing stops the server; else another process of ours will.</summary>
    public bool IsOwner { get; }

    /// <summary>One line for the start of the program: <c>embedded PostgreSQL 17.10 in ./data/postgres</c>.</summary>
    public string Banner =>
        $"embedded PostgreSQL {Version} in {(folder.IsElsewhere ? folder.Root : options.Root)}";

    /// <summary>Finds binaries, makes the cluster when there is none, starts its server or adopts the running one.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be done; the text says why and what to do.</exception>
    public static async Task<PostgresServer> StartAsync(
        EmbeddedPostgresOptions options,
        CancellationToken ct = default
    )
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedPostgresException(
                "The embedded PostgreSQL does not support Windows yet. Give a connection string."
            );
        }

        var requested = Path.GetFullPath(options.Root);
        try
        {
            Directory.CreateDirectory(requested);
            await PostgresAccount.RefuseForeign(ClusterFolder.At(requested), ct);
            using var turn =
                await FileLock.Take(ClusterFolder.StartLock(requested), options.StartTimeout, ct)
                ?? throw new EmbeddedPostgresException(
                    $"Another process is starting PostgreSQL and holds {ClusterFolder.StartLock(requested)}."
                );
            return await StartInTurn(options, ClusterFolder.At(requested), ct);
        }
        // Read-only or full. The kinds below IOException, such as an assembly that is not found, are other troubles.
        catch (Exception e) when (e is UnauthorizedAccessException || e.GetType() == typeof(IOException))
        {
            throw new EmbeddedPostgresException(
                $"The data directory {requested} cannot be used by '{Environment.UserName}': {e.Message} Choose a "
                    + "folder that can be written, or give a connection string.",
                e
            );
        }
    }

    /// <summary>Stops the server when this process is its owner. Twice is once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ownerLock, null) is not { } held)
        {
            return;
        }

        await using (held)
        {
            connection.ClosePool();
            // Nobody may look for a server to adopt while this one goes down. When a starter takes for ever, we
            // stop it all the same.
            await using var turn = await FileLock.Take(
                ClusterFolder.StartLock(Path.GetFullPath(options.Root)),
                StopTurn,
                CancellationToken.None
            );
            await control.Stop(CancellationToken.None);
            folder.RemoveOutsideSocketFolder();
            if (options.Goes)
            {
                Directory.Delete(folder.Root, true);
                Directory.CreateDirectory(options.Root).Delete(true);
            }
        }

        options.Log("stopped");
    }

    private static async Task<PostgresServer> StartInTurn(
        EmbeddedPostgresOptions options,
        ClusterFolder folder,
        CancellationToken ct
    )
    {
        var major = folder.ReadMajor();
        var account = await PostgresAccount.For(folder, options.RunAs, ct);
        if (account is null)
        {
            (folder, account) = await MoveToWhereAccountsCanReach(folder, options.RunAs, ct);
            major = folder.ReadMajor();
        }

        // Where the account cannot reach the one folder, it cannot reach the other beside it.
        var cache = folder.IsElsewhere ? Path.Combine(folder.Root, "binaries") : options.CacheDirectory;
        var look = options with { CacheDirectory = cache };
        var binaries = await PostgresBinaries.Resolve(look, major, account, ct);
        options.Log($"PostgreSQL {binaries.Major} from {binaries.Source}: {binaries.Folder}");
        folder.ClearLeftOvers();
        if (major is null)
        {
            await InitDb.Run(folder, binaries, account, options.Durable, ct);
            options.Log($"made a new cluster in {folder.Cluster}");
        }

        var secret = folder.ReadSecret();
        await folder.MakeWorkFolders(account, ct);
        var control = new ServerControl(folder, binaries, account, options);
        return await Own(options, folder, binaries, control, secret, ct);
    }

    private static async Task<PostgresServer> Own(
        EmbeddedPostgresOptions options,
        ClusterFolder folder,
        PostgresBinaries binaries,
        ServerControl control,
        string secret,
        CancellationToken ct
    )
    {
        var ownerLock = FileLock.TryTake(folder.OwnerLock);
        ServerConnection? connection = null;
        try
        {
            connection = await control.AdoptOrStart(secret, ct);
            var version = await connection.PrepareDatabase(ct);
            options.Log($"ready, {(ownerLock is null ? "borrowed from its owner" : "owned")}");
            return new(options, folder, control, connection, ownerLock)
            {
                Major = binaries.Major,
                Version = version,
                BinarySource = binaries.Source,
            };
        }
        catch
        {
            // A server that still recovers is left to it: killing it would only start the recovery over.
            if (ownerLock is not null && (connection is not null || ct.IsCancellationRequested))
            {
                await control.Stop(CancellationToken.None);
            }

            ownerLock?.Dispose();
            throw;
        }
    }

    private static async Task<(ClusterFolder, PostgresAccount)> MoveToWhereAccountsCanReach(
        ClusterFolder folder,
        string? runAs,
        CancellationToken ct
    )
    {
        var moved = folder.MoveBelow("/var/lib/gateway");
        return await PostgresAccount.For(moved, runAs, ct) is { } account
            ? (moved, account)
            : throw PostgresAccount.Unreachable(runAs ?? "postgres", folder.Root);
    }
}

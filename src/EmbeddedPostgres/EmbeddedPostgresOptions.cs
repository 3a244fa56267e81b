namespace Gateway.EmbeddedPostgres;

/// <summary>Where the private cluster lives, which binaries run it, and how.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The folder of the cluster, its socket, log and password.</summary>
    public string Root { get; init; } = "./data/postgres";

    /// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>. Given, it is the only one tried.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>Where fetched builds are kept.</summary>
    public string CacheDirectory { get; init; } = "./data/postgres-binaries";

    /// <summary>The npm registry to fetch from; when null, the one that npm itself is set up for.</summary>
    public Uri? PackageRegistry { get; init; }

    /// <summary>The account that runs the server when we are root; when null, <c>postgres</c>, else <c>nobody</c>.</summary>
    public string? RunAs { get; init; }

    /// <summary>A TCP port on 127.0.0.1, 0 for any free one; when null, the server listens on a unix socket only.</summary>
    public int? Port { get; init; }

    /// <summary>The database to hand out; it is created when missing.</summary>
    public string Database { get; init; } = "gateway";

    /// <summary>Off for tests only: nothing waits for the disk, and a crash of the machine may lose everything.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>The cluster is removed when its server is stopped.</summary>
    public bool Goes { get; init; }

    /// <summary>The server's limit. Twenty of them are kept for people and tools.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>How long to wait for another starter, and for the server, which may have to recover first.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a build may be fetched when none is at hand.</summary>
    public bool AllowDownload { get; init; } = true;

    /// <summary>Whether a PostgreSQL that is installed on this computer may be used.</summary>
    public bool UseSystemInstall { get; init; } = true;

    /// <summary>Takes one line per step.</summary>
    public Action<string> Log { get; init; } = _ => { };
}

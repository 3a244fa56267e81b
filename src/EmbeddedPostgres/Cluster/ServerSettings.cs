using System.Net;
using System.Net.Sockets;

namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>What is passed at each start, so that nothing in the cluster is ever edited.</summary>
internal static class ServerSettings
{
    /// <summary>For <c>pg_ctl -o</c>, which hands it to a shell.</summary>
    public static string ForShell(EmbeddedPostgresOptions options, string socketFolder) =>
        string.Join(' ', All(options, socketFolder).Select(one => $"-c {one.Name}={Quoted(one.Value)}"));

    private static (string Name, string Value)[] All(EmbeddedPostgresOptions options, string socketFolder)
    {
        var durable = options.Durable ? "on" : "off";
        return
        [
            ("listen_addresses", options.Port is null ? "" : "127.0.0.1"),
            ("port", options.Port is { } port ? $"{(port == 0 ? FreePort() : port)}" : "5432"),
            ("unix_socket_directories", $"\"{socketFolder.Replace("\"", "\"\"")}\""),
            ("unix_socket_permissions", "0700"),
            ("max_connections", $"{options.MaxConnections}"),
            ("shared_buffers", "128MB"),
            ("wal_compression", "on"),
            // Without a spinning disk an index beats a scan far earlier than the default of 4 makes planners believe.
            ("random_page_cost", "1.1"),
            // A table that grows from nothing is looked at soon, or plans made while it was empty live on for a minute.
            ("autovacuum_naptime", "5s"),
            // Looking costs by the rows it samples. Ours are found by keys, so a rough picture is enough.
            ("default_statistics_target", "20"),
            ("autovacuum_analyze_scale_factor", "0.2"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("cluster_name", "gateway"),
            ("fsync", durable),
            ("synchronous_commit", durable),
            ("full_page_writes", durable),
        ];
    }

    private static string Quoted(string value) => $"'{value.Replace("'", "'\\''")}'";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Scenarios.Archives;

/// <summary>Archives as a forger makes them.</summary>
public static class Sealed
{
    /// <summary>These lines with a seal that fits them; the last is the old seal.</summary>
    public static byte[] Anew(IReadOnlyList<string> lines)
    {
        var content = string.Concat(lines.SkipLast(1).Select(line => $"{line}\n"));
        var seal = JsonNode.Parse(lines[^1])!;
        seal["seal"]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes($"{content}{seal.ToJsonString()}\n"));
        }

        return target.ToArray();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Bench;

/// <summary>Warnings and errors that a gateway printed, counted by their sentence's template.</summary>
internal sealed class GatewayLog
{
    private const int Longest = 300;
    private readonly ConcurrentDictionary<string, int> troubles = new();

    public GatewayLog(Process process)
    {
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The most frequent first; empty when all was well.</summary>
    public string Text =>
        string.Join(
            "\n",
            troubles
                .OrderByDescending(trouble => trouble.Value)
                .Take(8)
                .Select(trouble => $"{trouble.Value} × {trouble.Key}")
        );

    private void Take(string? line)
    {
        if (line is not { Length: > 0 })
        {
            return;
        }

        if (line[0] != '{')
        {
            Count($"(not JSON) {line}");
            return;
        }

        using var entry = JsonDocument.Parse(line);
        var root = entry.RootElement;
        if (root.TryGetProperty("@l", out var level) && level.GetString() is "Warning" or "Error" or "Fatal")
        {
            var fault = root.TryGetProperty("@x", out var thrown) ? thrown.GetString()!.Split('\n')[0] : "";
            var source = root.TryGetProperty("SourceContext", out var from) ? from.GetString() : "";
            Count(
                $"{level.GetString()} {source}: {fault} {(fault.Length == 0 ? root.GetProperty("@m").GetString() : "")}"
            );
        }
    }

    private void Count(string trouble) =>
        troubles.AddOrUpdate(
            trouble.Length > Longest ? trouble[..Longest] : trouble,
            1,
            (_, count) => count + 1
        );
}

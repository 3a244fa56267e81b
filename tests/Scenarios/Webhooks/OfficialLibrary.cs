using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Scenarios.Webhooks;

/// <summary>The verifier that receivers use: the npm package <c>standardwebhooks</c>, run by node.</summary>
public static class OfficialLibrary
{
    private const string Package = "standardwebhooks@1.0.0";

    private const string Script = """
        const { Webhook } = require("standardwebhooks");
        const { secret, headers, body } = JSON.parse(require("fs").readFileSync(0, "utf8"));
        try { new Webhook(secret).verify(body, headers); console.log("accepted"); }
        catch (refused) { console.log("refused: " + refused.message); }
        """;

    /// <summary><c>accepted</c>, or <c>refused</c> and why. Without npm the test is skipped.</summary>
    public static async Task<string> Verify(string secret, Call call)
    {
        var folder = Directory.CreateTempSubdirectory("standardwebhooks").FullName;
        try
        {
            var (code, output) = await Run(
                folder,
                "npm",
                ["install", "--no-audit", "--no-fund", Package],
                ""
            );
            Assert.SkipUnless(code == 0, $"npm could not install {Package}: {output}");
            var headers = new Dictionary<string, string>
            {
                ["webhook-id"] = call.Id,
                ["webhook-timestamp"] = call.Timestamp,
                ["webhook-signature"] = call.Signature,
            };
            var input = JsonSerializer.Serialize(
                new
                {
                    secret,
                    headers,
                    body = call.Body,
                }
            );
            return (await Run(folder, "node", ["-e", Script], input)).Output.Trim();
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task<(int Code, string Output)> Run(
        string folder,
        string program,
        string[] arguments,
        string input
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(),
                process.StandardError.ReadToEndAsync()
            );
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            return (process.ExitCode, process.ExitCode == 0 ? await output : await errors);
        }
        catch (Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }
}

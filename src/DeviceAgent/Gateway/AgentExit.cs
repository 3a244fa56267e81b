namespace Gateway.DeviceAgent.Gateway;

/// <summary>Why an agent ended, as a process says it.</summary>
/// <param name="Code">One of the constants; 0 when it was asked to stop.</param>
/// <param name="Sentence">For a person; without numbers and texts of messages.</param>
public sealed record AgentExit(int Code, string Sentence)
{
    public const int Stopped = 0;
    public const int Usage = 2;
    public const int BadProof = 3;
    public const int Revoked = 4;
    public const int Superseded = 5;
    public const int Regressed = 6;
    public const int Journal = 7;
    public const int Busy = 8;
    public const int NotPaired = 9;
    public const int Radio = 10;

    /// <summary>The end a close code asks for; null when the device should connect again.</summary>
    public static AgentExit? Of(int? closeCode) =>
        closeCode switch
        {
            4401 => new(BadProof, "The gateway doesn't accept this device's key. Pair it again."),
            4403 => new(Revoked, "The device was revoked. Pair it again to use it."),
            4409 => new(
                Superseded,
                "Another agent with the same identity took over. Run only one copy of the folder."
            ),
            4410 => new(
                Regressed,
                "The gateway knows later facts than this journal: the folder is an old copy. Pair the device again."
            ),
            _ => null,
        };
}

/// <summary>The agent can't start or go on.</summary>
public sealed class AgentException(int code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>As the process ends.</summary>
    public AgentExit Exit => new(code, Message);
}

namespace Gateway.Client.Audit;

/// <summary>What somebody may have read.</summary>
public sealed record Subject
{
    private Subject(string name, string value) => (Name, Value) = (name, value);

    internal string Name { get; }
    internal string Value { get; }

    public static Subject Conversation(Guid id) => new("conversation", id.ToString());

    public static Subject Message(Guid id) => new("message", id.ToString());

    /// <summary>Whatever was written with a number.</summary>
    /// <param name="number">E.164.</param>
    public static Subject Number(string number) => new("number", number);
}

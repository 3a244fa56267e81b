using Gateway.Domain;

namespace Gateway.Specs;

/// <summary>What has happened to one stream before a decision is taken on it.</summary>
public sealed class Given<T>(Func<T?, Guid, object, T?> evolve, params object[] history)
    where T : class
{
    private static readonly Guid Id = new("01920000-0000-7000-8000-000000000001");

    /// <summary>What is known after that; null when nothing has happened.</summary>
    public T? State { get; } = history.Aggregate((T?)null, (state, happened) => evolve(state, Id, happened));

    /// <summary>Takes the decision.</summary>
    public Then When(Func<T?, Decision> decide) => new(decide(State));
}

/// <summary>What was decided.</summary>
public sealed record Then(Decision Decision)
{
    /// <summary>The answer is yes, and exactly these facts follow in this order.</summary>
    public void Recorded(params object[] facts)
    {
        Assert.Null(Decision.Rejection);
        Assert.Equal(facts, Decision.Events);
    }

    /// <summary>The answer is no for this reason, and exactly these facts follow.</summary>
    public void Refused(Rejection rejection, params object[] facts)
    {
        Assert.Equal(rejection, Decision.Rejection);
        Assert.Equal(facts, Decision.Events);
    }

    /// <summary>The answer is yes, and nothing is recorded.</summary>
    public void NothingHappens() => Recorded();
}

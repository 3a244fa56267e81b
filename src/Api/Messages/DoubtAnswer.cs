using FluentValidation;
using Gateway.Application;
using Gateway.Domain.Messages;

namespace Gateway.Api.Messages;

/// <summary>What a person says about a text in doubt.</summary>
/// <param name="As">
/// <c>sent</c>: it left. <c>notSent</c>: it didn't, and waits for a device again. <c>resend</c>: it may have left, and goes
/// out once more all the same.
/// </param>
/// <param name="Note">Why, at most 500 characters; it stays with the message for good.</param>
public sealed record DoubtAnswer(string? As, string? Note = null)
{
    private static readonly Dictionary<string, DoubtDecision> Words = new()
    {
        ["sent"] = DoubtDecision.Sent,
        ["notSent"] = DoubtDecision.NotSent,
        ["resend"] = DoubtDecision.Resend,
    };

    /// <summary>The answer must have passed its validator.</summary>
    public DoubtDecision ToDecision() => Words[As!];

    /// <summary>What is wrong with the form of it, field by field.</summary>
    public sealed class Validator : AbstractValidator<DoubtAnswer>
    {
        public Validator()
        {
            RuleFor(answer => answer.As)
                .NotEmpty()
                .Must(word => word is null || Words.ContainsKey(word))
                .WithMessage("'{PropertyName}' is sent, notSent or resend.");
            RuleFor(answer => answer.Note).MaximumLength(500).WholeCharacters();
        }
    }
}

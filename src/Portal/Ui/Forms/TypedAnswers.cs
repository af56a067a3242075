using JobServer.Domain.Applications.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace JobServer.Portal.Ui.Forms;

/// <summary>Answers as somebody typed them. Fields that the page does not have are not looked at.</summary>
internal static class TypedAnswers
{
    public static Answers Read(FormPage page, Func<string, StringValues> sent) =>
        new(page.Fields.Select(field => KeyValuePair.Create(field.Name, Value(field, sent(field.Name)))));

    /// <summary>Notes what is malformed. Nothing else keeps answers from being saved.</summary>
    public static void Check(FormPage page, Answers answers, ModelStateDictionary state)
    {
        foreach (var field in page.Fields)
        {
            if (FieldRules.Problem(field, answers[field.Name]) is { } problem)
            {
                state.AddModelError(field.Name, problem);
            }
        }
    }

    /// <summary>Notes what is needed to go on.</summary>
    public static void CheckNeeded(FormPage page, Answers answers, ModelStateDictionary state)
    {
        foreach (var field in page.Fields.Where(field => field.NeededToContinue.Length > 0 && answers[field.Name].Length == 0))
        {
            state.AddModelError(field.Name, field.NeededToContinue);
        }
    }

    private static string Value(FormField field, StringValues sent) => field.Kind == FieldKind.Checkboxes
        ? Answers.OfChoices(InOrder(field, sent))
        : FieldRules.Tidy(sent.Count > 0 ? sent[0] ?? "" : "");

    /// <summary>In the order in which they are offered, so that the same choices are the same answer.</summary>
    private static IEnumerable<string> InOrder(FormField field, StringValues sent)
    {
        var chosen = sent.Select(value => FieldRules.Tidy(value ?? "")).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var offered = field.Choices.Select(option => option.Value).ToList();
        return offered.Where(chosen.Contains).Concat(chosen.Except(offered, StringComparer.Ordinal));
    }
}

using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;
using Xunit;

namespace JobServer.Domain.Tests.Applications;

public sealed class ApplicationFormTests
{
    private static readonly ApplicationForm Form = new(SiteForms.Default);

    [Fact]
    public void There_are_sixteen_pages_whose_names_and_fields_are_unambiguous()
    {
        Assert.Equal(16, Form.Pages.Count);
        Assert.Equal(16, Form.Pages.Select(page => page.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Form.Pages.Append(ResearcherForm.Page), page =>
        {
            Assert.Matches("^[a-z-]+$", page.Key);
            Assert.True(page.Key.Length <= ApplicationPage.KeyMaxLength, page.Key);
            Assert.DoesNotContain(page.Key, new[] { "confirmation", "delete", "restore" });
            Assert.Equal(page.Fields.Count(), page.Fields.Select(field => field.Name).Distinct(StringComparer.Ordinal).Count());
            Assert.All(page.Fields, field =>
            {
                Assert.Matches("^[a-z][a-z_]*$", field.Name);
                Assert.True(field.Kind is not (FieldKind.Choice or FieldKind.Checkboxes) || field.Options.Count > 0, field.Name);
                Assert.All(field.Choices, option => Assert.Null(FieldRules.Problem(field, option.Value)));
                Assert.True(
                    field.RequiredAfterYesTo.Length == 0
                    || page.Fields.Any(other => other.Name == field.RequiredAfterYesTo && other.Kind == FieldKind.YesNo),
                    field.Name);
            });
        });
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("research", new[] { "references" })]
    [InlineData("audit", new[] { "service-evaluation-audit" })]
    [InlineData("service_evaluation", new[] { "service-evaluation-audit" })]
    [InlineData("research\naudit", new[] { "references", "service-evaluation-audit" })]
    public void What_is_asked_depends_on_the_type_of_study(string types, string[] pages)
    {
        var answers = new Dictionary<string, Answers> { ["type-of-study"] = new([new("types_of_study", types)]) };

        var asked = Form.PagesFor(answers).Select(page => page.Key);

        Assert.Equal(pages, asked.Intersect(["references", "service-evaluation-audit"]));
        Assert.Equal(14 + pages.Length, Form.PagesFor(answers).Count);
    }

    [Fact]
    public void A_researcher_who_needs_the_server_needs_a_telephone_and_one_who_was_trained_says_where_and_when()
    {
        static IEnumerable<string> Missing(params KeyValuePair<string, string>[] answers) =>
            ResearcherForm.Page.MissingIn(new Answers(answers)).Select(field => field.Name);

        const string Server = "does_researcher_need_server_access";
        const string Training = "has_taken_safe_researcher_training";
        Assert.Equal(["name", "job_title", "email", Server, Training], Missing());
        Assert.Equal(["name", "job_title", "email"], Missing(new(Server, "no"), new(Training, "no")));
        Assert.Equal(
            ["name", "job_title", "email", "telephone", "phone_type", "training_with_org", "training_passed_at"],
            Missing(new(Server, "yes"), new(Training, "yes")));
    }

    [Fact]
    public void A_sites_own_data_sets_and_legal_bases_are_asked_for()
    {
        var form = new ApplicationForm(new SiteForms { DataSets = ["Krebsregister"], LegalBases = ["§ 27 BDSG"] });

        Assert.Equal(["Krebsregister"], form.Page("datasets")!.Fields.Single().Choices.Select(option => option.Label));
        Assert.Equal(["§ 27 BDSG", "Another one"], form.Page("legal-basis")!.Fields.First().Choices.Select(option => option.Label));
    }

    [Fact]
    public void The_same_answers_are_stored_as_the_same_text_and_read_again()
    {
        var one = new Answers([new("b", "2\n3"), new("a", "<1>"), new("c", "")]);
        var other = new Answers([new("a", "<1>"), new("b", "2\n3")]);

        Assert.Equal(one.ToJson(), other.ToJson());
        var read = Answers.Read(one.ToJson());
        Assert.Equal(("<1>", "2\n3", ""), (read["a"], read["b"], read["c"]));
        Assert.Equal("", Answers.Read("""{"a": 7, "b": {"c": "d"}}""")["a"]);
    }
}

using System.Net;
using JobServer.Domain.Access;
using JobServer.Domain.Jobs;
using JobServer.Domain.Organisations;
using JobServer.Domain.Users;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Pages;

/// <summary>No page asks the database more often when the site grows. A new page is a new row of <see cref="Pages"/>.</summary>
public sealed class PageBudgetTests(PageBudgetTests.LargeSite large) : IClassFixture<PageBudgetTests.LargeSite>
{
    private const int MostQueries = 10;

    /// <summary>{org}, {project}, {workspace}, {request}, {job} and {login} are those of the fixture.</summary>
    public static TheoryData<string> Pages => new(
        "/", "/orgs", "/orgs?q=org", "/status", "/event-log", "/help", "/settings", "/applications", "/apply", "/login",
        "/{org}", "/{org}/{project}", "/{org}/{project}/settings", "/{org}/{project}/settings/members/{login}", "/{org}/{project}/new-workspace/", "/{org}/{project}/releases",
        "/{org}/{project}/{workspace}", "/{org}/{project}/{workspace}/edit", "/{org}/{project}/{workspace}/run-jobs/", "/{org}/{project}/{workspace}/logs/",
        "/{org}/{project}/{workspace}/releases", "/{org}/{project}/{workspace}/outputs/latest", "/{org}/{project}/{workspace}/outputs/unreleased",
        "/{org}/{project}/{workspace}/published", "/{org}/{project}/{workspace}/published/ask",
        "/{org}/{project}/{workspace}/{request}", "/{org}/{project}/{workspace}/{request}/{job}");

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_person_gets_a_page_for_at_most_ten_queries(string page) => await AssertBudgetAsync(large.Person, page);

    [Theory]
    [InlineData("/")]
    [InlineData("/orgs")]
    [InlineData("/status")]
    [InlineData("/event-log")]
    [InlineData("/{org}")]
    [InlineData("/{org}/{project}")]
    [InlineData("/{org}/{project}/{workspace}")]
    [InlineData("/{org}/{project}/{workspace}/logs/")]
    [InlineData("/{org}/{project}/{workspace}/{request}")]
    [InlineData("/{org}/{project}/{workspace}/{request}/{job}")]
    public async Task A_visitor_gets_a_page_for_at_most_ten_queries(string page) => await AssertBudgetAsync(large.Visitor, page);

    /// <summary>What stands in braces is a number of the fixture.</summary>
    public static TheoryData<string> AdminPages => new(
        "/admin", "/admin?q=user", "/admin/users", "/admin/users?q=user&missing=anything", "/admin/users/{person}", "/admin/applications",
        "/admin/backends", "/admin/backends/new", "/admin/backends/{backend}", "/admin/backends/{backend}/settings",
        "/admin/backends/{backend}/tokens", "/admin/backends/{backend}/members", "/admin/backends/{backend}/weights", "/admin/audit", "/admin/permissions",
        "/admin/organisations", "/admin/organisations/new", "/admin/organisations/{organisationId}", "/admin/organisations/{organisationId}/members?q=user",
        "/admin/projects", "/admin/projects/new", "/admin/projects/{projectId}", "/admin/projects/{projectId}/members?q=user",
        "/admin/projects/{projectId}/members/{person}", "/admin/workspaces", "/admin/workspaces?q=workspace", "/admin/workspaces/{workspaceId}?q=project",
        "/admin/runs", "/admin/runs?status=failed", "/admin/runs/queue", "/admin/runs/lost", "/admin/runs/switch", "/admin/alerts", "/admin/alerts/edit", "/admin/redirects");

    [Theory]
    [MemberData(nameof(AdminPages))]
    public async Task An_admin_gets_a_page_for_at_most_ten_queries_and_100_kB(string page)
    {
        await AssertBudgetAsync(large.Admin, page);
        await FirstLoadBudget.AssertAsync(large.Admin, large.AddressOf(page));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_with_all_that_it_names_is_sent_in_at_most_100_kB(string page)
    {
        var address = large.AddressOf(page);
        if ((await large.Person.GetAsync(address)).StatusCode == HttpStatusCode.OK)
        {
            await FirstLoadBudget.AssertAsync(large.Person, address);
        }

        if ((await large.Visitor.GetAsync(address)).StatusCode == HttpStatusCode.OK)
        {
            await FirstLoadBudget.AssertAsync(large.Visitor, address);
        }
    }

    private async Task AssertBudgetAsync(Browser browser, string page)
    {
        var address = large.AddressOf(page);
        await browser.GetAsync(address);
        var before = large.Count.Value;

        var response = await browser.GetAsync(address);
        await response.Content.ReadAsStringAsync();

        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found, $"{address} answered {response.StatusCode}.");
        var queries = large.Count.Value - before;
        Assert.True(queries <= MostQueries, $"{address} asked the database {queries} times.");
    }

    /// <summary>200 workspaces, 10,000 requests, and a person who is in the middle of it.</summary>
    public sealed class LargeSite : IAsyncLifetime
    {
        private const int Workspaces = 200;
        private const int Requests = 10_000;
        private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
        private PortalSite _site = null!;

        internal CommandCount Count { get; } = new();

        internal Browser Person { get; private set; } = null!;

        internal Browser Visitor { get; private set; } = null!;

        internal Browser Admin { get; private set; } = null!;

        public string AddressOf(string page) => _names.Aggregate(page, (address, name) => address.Replace(name.Key, name.Value, StringComparison.Ordinal));

        public async Task InitializeAsync()
        {
            _site = await PortalSite.StartAsync(configure: Count.AddTo);
            var study = await StudySite.MakeAsync(_site);
            var person = study.Study.Developer;
            await _site.Data.Database.WriteAsync((db, _) =>
            {
                db.Add(new OrganisationMembership { OrganisationId = study.Study.Project.OrganisationId!.Value, UserId = person.Id, CreatedAt = _site.Data.Now });
                db.Add(new UserRole { UserId = person.Id, Role = Role.ProjectCoordinator, GrantedAt = _site.Data.Now });
                return Task.FromResult(true);
            });
            var admin = await _site.Data.CreateUserAsync();
            await _site.Data.Database.WriteAsync((db, _) =>
            {
                db.AddRange(Roles.All.Select(role => new UserRole { UserId = admin.Id, Role = role, GrantedAt = _site.Data.Now }));
                return Task.FromResult(true);
            });
            var request = await _site.Data.SubmitAsync(study.Study, ProjectYaml.One, "alone");
            var job = await _site.Data.JobAsync(request, "alone");
            await FillAsync(study.Study);
            (Person, Visitor, Admin) = (await _site.SignInAsync(person), _site.NewBrowser(), await _site.SignInAsync(admin));
            _names["{person}"] = $"{person.Id}";
            _names["{organisationId}"] = $"{study.Study.Project.OrganisationId}";
            _names["{projectId}"] = $"{study.Study.Project.Id}";
            _names["{workspaceId}"] = $"{study.Study.Workspace.Id}";
            _names["{backend}"] = $"{study.Study.Backend.Id}";
            _names["/{org}/{project}/{workspace}"] = study.Workspace;
            _names["/{org}/{project}"] = study.Project;
            _names["/{org}"] = study.Organisation;
            _names["{request}"] = $"{request}";
            _names["{job}"] = job.Id;
            _names["{login}"] = person.Login;
        }

        public Task DisposeAsync() => _site.DisposeAsync().AsTask();

        private async Task FillAsync(TestStudy study)
        {
            var organisation = await _site.Data.CreateOrganisationAsync();
            var places = new List<TestStudy>();
            for (var i = 0; i < Workspaces / 20; i++)
            {
                var project = await _site.Data.CreateProjectAsync(organisation);
                for (var member = 0; member < 5; member++)
                {
                    await _site.Data.AddMemberAsync(project, await _site.Data.CreateUserAsync(), Role.ProjectDeveloper);
                }

                await _site.Data.AddMemberAsync(project, study.Developer, Role.ProjectDeveloper);
                for (var workspace = 0; workspace < 20; workspace++)
                {
                    places.Add(study with { Project = project, Workspace = await _site.Data.CreateWorkspaceAsync(i % 2 == 0 ? study.Project : project, study.Developer) });
                }
            }

            const int atOnce = 1_000;
            for (var start = 0; start < Requests; start += atOnce)
            {
                await _site.Data.Database.WriteAsync((db, _) =>
                {
                    db.AddRange(Enumerable.Range(start, atOnce).Select(number => RequestOf(places[number % places.Count], number)));
                    return Task.FromResult(true);
                });
            }
        }

        private JobRequest RequestOf(TestStudy study, int number) => new()
        {
            Identifier = $"request{number:D9}",
            WorkspaceId = study.Workspace.Id,
            BackendId = study.Backend.Id,
            CreatedById = study.Developer.Id,
            CreatedAt = _site.Data.Now,
            RequestedActions = ["alone"],
            Branch = "main",
            Commit = new string('c', 40),
            ProjectDefinition = ProjectYaml.One,
            State = JobRequestState.Succeeded,
        };
    }
}

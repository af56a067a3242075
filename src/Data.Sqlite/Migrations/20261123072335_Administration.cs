using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JobServer.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Administration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "DeactivatedAt",
                table: "Users",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DeactivatedById",
                table: "Users",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "GoneFromHostAt",
                table: "Users",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BackendId",
                table: "Redirects",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Status",
                table: "Projects",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "ongoing");

            migrationBuilder.AddColumn<string>(
                name: "StatusNote",
                table: "Projects",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Dialect",
                table: "Backends",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DisclosureProfile",
                table: "Backends",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "CreatedById",
                table: "BackendTokens",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Ending",
                table: "BackendTokens",
                type: "TEXT",
                unicode: false,
                maxLength: 4,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Label",
                table: "BackendTokens",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "RevokedById",
                table: "BackendTokens",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "Governance_At",
                table: "Applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Governance_ById",
                table: "Applications",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Governance_Notes",
                table: "Applications",
                type: "TEXT",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Governance_Outcome",
                table: "Applications",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OverrideReason",
                table: "Applications",
                type: "TEXT",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "Technical_At",
                table: "Applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Technical_ById",
                table: "Applications",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Technical_Notes",
                table: "Applications",
                type: "TEXT",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Technical_Outcome",
                table: "Applications",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SiteAlerts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    StartsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedById = table.Column<int>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteAlerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SiteStates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    RunsStoppedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RunsStoppedById = table.Column<int>(type: "INTEGER", nullable: true),
                    RunsStoppedMessage = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    SetUpCodeHash = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: true),
                    SetUpCodeMadeAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SetUpAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteStates", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "SiteStates",
                columns: new[] { "Id", "Revision", "RunsStoppedAt", "RunsStoppedById", "RunsStoppedMessage", "SetUpAt", "SetUpCodeHash", "SetUpCodeMadeAt" },
                values: new object[] { 1, 0, null, null, "", null, null, null });

            migrationBuilder.CreateIndex(
                name: "IX_Projects_Number",
                table: "Projects",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Act",
                table: "AuditEntries",
                column: "Act");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SiteAlerts");

            migrationBuilder.DropTable(
                name: "SiteStates");

            migrationBuilder.DropIndex(
                name: "IX_Projects_Number",
                table: "Projects");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Act",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "DeactivatedAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "DeactivatedById",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "GoneFromHostAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "BackendId",
                table: "Redirects");

            migrationBuilder.DropColumn(
                name: "Status",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "StatusNote",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "Dialect",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "DisclosureProfile",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "CreatedById",
                table: "BackendTokens");

            migrationBuilder.DropColumn(
                name: "Ending",
                table: "BackendTokens");

            migrationBuilder.DropColumn(
                name: "Label",
                table: "BackendTokens");

            migrationBuilder.DropColumn(
                name: "RevokedById",
                table: "BackendTokens");

            migrationBuilder.DropColumn(
                name: "Governance_At",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "Governance_ById",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "Governance_Notes",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "Governance_Outcome",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "OverrideReason",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "Technical_At",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "Technical_ById",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "Technical_Notes",
                table: "Applications");

            migrationBuilder.DropColumn(
                name: "Technical_Outcome",
                table: "Applications");
        }
    }
}

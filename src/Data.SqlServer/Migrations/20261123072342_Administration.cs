using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JobServer.Data.SqlServer.Migrations
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
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DeactivatedById",
                table: "Users",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "GoneFromHostAt",
                table: "Users",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "BackendId",
                table: "Redirects",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Status",
                table: "Projects",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "ongoing");

            migrationBuilder.AddColumn<string>(
                name: "StatusNote",
                table: "Projects",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Dialect",
                table: "Backends",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DisclosureProfile",
                table: "Backends",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "CreatedById",
                table: "BackendTokens",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Ending",
                table: "BackendTokens",
                type: "varchar(4)",
                unicode: false,
                maxLength: 4,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Label",
                table: "BackendTokens",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "RevokedById",
                table: "BackendTokens",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "Governance_At",
                table: "Applications",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Governance_ById",
                table: "Applications",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Governance_Notes",
                table: "Applications",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Governance_Outcome",
                table: "Applications",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OverrideReason",
                table: "Applications",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "Technical_At",
                table: "Applications",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Technical_ById",
                table: "Applications",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Technical_Notes",
                table: "Applications",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Technical_Outcome",
                table: "Applications",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SiteAlerts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Level = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    StartsAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedById = table.Column<int>(type: "int", nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteAlerts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SiteStates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    RunsStoppedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RunsStoppedById = table.Column<int>(type: "int", nullable: true),
                    RunsStoppedMessage = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    SetUpCodeHash = table.Column<string>(type: "varchar(64)", unicode: false, maxLength: 64, nullable: true),
                    SetUpCodeMadeAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SetUpAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Revision = table.Column<int>(type: "int", nullable: false)
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
                unique: true,
                filter: "[Number] IS NOT NULL");

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

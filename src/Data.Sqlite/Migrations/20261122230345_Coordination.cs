using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JobServer.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Coordination : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Weight",
                table: "Projects",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTime>(
                name: "NotBefore",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Slots",
                table: "Jobs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<long>(
                name: "JobSilenceLimit",
                table: "Backends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "JobTimeLimit",
                table: "Backends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Timing_AssignmentAnswer",
                table: "Backends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Timing_CancelGrace",
                table: "Backends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Timing_Heartbeat",
                table: "Backends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Timing_Lease",
                table: "Backends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Timing_Silence",
                table: "Backends",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AttemptsLeft",
                table: "Agents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DrainDeadline",
                table: "Agents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "JobLogs",
                columns: table => new
                {
                    JobId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    Fence = table.Column<long>(type: "INTEGER", nullable: false),
                    CommittedOffset = table.Column<long>(type: "INTEGER", nullable: false),
                    StoredSize = table.Column<long>(type: "INTEGER", nullable: false),
                    IsComplete = table.Column<bool>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobLogs", x => new { x.JobId, x.Fence });
                    table.ForeignKey(
                        name: "FK_JobLogs_Jobs_JobId",
                        column: x => x.JobId,
                        principalTable: "Jobs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "JobWeights",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BackendId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Workspace = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ActionPattern = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Slots = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobWeights", x => x.Id);
                    table.ForeignKey(
                        name: "FK_JobWeights_Backends_BackendId",
                        column: x => x.BackendId,
                        principalTable: "Backends",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "JobLogGaps",
                columns: table => new
                {
                    JobId = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    Fence = table.Column<long>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobLogGaps", x => new { x.JobId, x.Fence, x.From });
                    table.ForeignKey(
                        name: "FK_JobLogGaps_JobLogs_JobId_Fence",
                        columns: x => new { x.JobId, x.Fence },
                        principalTable: "JobLogs",
                        principalColumns: new[] { "JobId", "Fence" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_JobWeights_BackendId_Position",
                table: "JobWeights",
                columns: new[] { "BackendId", "Position" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "JobLogGaps");

            migrationBuilder.DropTable(
                name: "JobWeights");

            migrationBuilder.DropTable(
                name: "JobLogs");

            migrationBuilder.DropColumn(
                name: "Weight",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "NotBefore",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "Slots",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "JobSilenceLimit",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "JobTimeLimit",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "Timing_AssignmentAnswer",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "Timing_CancelGrace",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "Timing_Heartbeat",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "Timing_Lease",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "Timing_Silence",
                table: "Backends");

            migrationBuilder.DropColumn(
                name: "AttemptsLeft",
                table: "Agents");

            migrationBuilder.DropColumn(
                name: "DrainDeadline",
                table: "Agents");
        }
    }
}
